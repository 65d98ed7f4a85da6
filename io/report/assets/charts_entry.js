// The charts that the report draws: a cut of ECharts with the SVG renderer. Built by scripts/build_charts.
import * as echarts from 'echarts/core';
import {LineChart, BarChart, ScatterChart, HeatmapChart} from 'echarts/charts';
import {AriaComponent, DataZoomComponent, GridComponent, LegendComponent, MarkLineComponent, TitleComponent,
        TooltipComponent, VisualMapComponent} from 'echarts/components';
import {SVGRenderer} from 'echarts/renderers';

echarts.use([LineChart, BarChart, ScatterChart, HeatmapChart, AriaComponent, DataZoomComponent, GridComponent,
             LegendComponent, MarkLineComponent, TitleComponent, TooltipComponent, VisualMapComponent, SVGRenderer]);
window.echarts = echarts;
