(function () {
  var data = document.getElementById('series-data');
  if (!data || !window.echarts) return;
  var series = JSON.parse(data.textContent);
  var charts = [];
  document.documentElement.classList.add('scripted');
  var still = document.querySelectorAll('details.still');
  function open(on) { still.forEach(function (d) { d.open = on; }); }
  open(false);
  window.addEventListener('beforeprint', function () { open(true); });
  window.addEventListener('afterprint', function () { open(false); });
  function language() { return document.getElementById('say-zh').checked ? 'zh' : 'en'; }
  function draw() {
    var lang = language();
    charts.forEach(function (c) { c.dispose(); });
    charts = series.charts.map(function (spec, i) {
      var chart = echarts.init(document.getElementById('chart-' + i), null, {renderer: 'svg'});
      chart.setOption({
        animation: false,
        title: {text: spec.title[lang] + ' (' + spec.unit + ')', left: 0, top: 0, textStyle: {fontSize: 14}},
        tooltip: {trigger: 'axis'},
        legend: {type: 'scroll', top: 26, left: 60, right: 60},
        grid: {left: 64, right: 24, top: 66, bottom: 66},
        dataZoom: [{type: 'slider', bottom: 12}, {type: 'inside'}],
        xAxis: {type: 'category', data: series.days},
        yAxis: {type: 'value', scale: spec.scale === true},
        series: spec.lines.map(function (line) {
          return {name: line.name[lang], type: 'line', showSymbol: false, data: line.values,
                  lineStyle: {width: 1.5, type: line.dashed ? 'dashed' : 'solid'},
                  stack: spec.stacked ? 'all' : undefined, areaStyle: spec.stacked ? {opacity: 0.35} : undefined};
        })
      });
      return chart;
    });
  }
  document.querySelectorAll('.language').forEach(function (input) { input.addEventListener('change', draw); });
  window.addEventListener('resize', function () { charts.forEach(function (c) { c.resize(); }); });
  draw();
})();
