(function () {
  var data = document.getElementById('series-data');
  if (!data || !window.echarts) return;
  var series = JSON.parse(data.textContent);
  var shown = series.charts.filter(function (c) { return !c.ofUnits; });
  var charts = [], opened = [];
  document.documentElement.classList.add('scripted');
  var still = document.querySelectorAll('details.still');
  function open(on) { still.forEach(function (d) { d.open = on; }); }
  open(false);
  window.addEventListener('beforeprint', function () { open(true); });
  window.addEventListener('afterprint', function () { open(false); });
  function language() { return document.getElementById('say-zh').checked ? 'zh' : 'en'; }
  function two(n) { return (n < 10 ? '0' : '') + n; }
  var times = [];
  for (var i = 0; i < series.count; i++) {
    var t = new Date((series.start + i * series.every) * 1000);
    times.push(t.getUTCFullYear() + '-' + two(t.getUTCMonth() + 1) + '-' + two(t.getUTCDate()) +
               (series.every < 86400 ? ' ' + two(t.getUTCHours()) + ':' + two(t.getUTCMinutes()) : ''));
  }
  function values(line) {
    if (line.values) return line.values;
    var bytes = atob(line.data), list = [], places = line.hi - line.lo > 100 ? 10 : 1000;
    for (var i = 0; i < series.count; i++) {
      var step = bytes.charCodeAt(2 * i) + 256 * bytes.charCodeAt(2 * i + 1);
      list.push(step > 65534 ? null
                             : Math.round((line.lo + (line.hi - line.lo) * step / 65534) * places) / places);
    }
    return line.values = list;
  }
  // Lines are told apart in grey, too: by dashes, areas by hatching.
  var dashes = ['solid', [8, 4], [2, 3], [10, 3, 2, 3], [5, 2], [14, 4], [2, 2, 6, 2], [10, 3, 2, 3, 2, 3]];
  function draw(element, spec, lines, small) {
    var lang = language(), chart = echarts.init(element, null, {renderer: 'svg'});
    chart.setOption({
      animation: false,
      title: {text: spec.title[lang] + ' (' + spec.unit[lang] + ')', left: 0, top: 0, textStyle: {fontSize: 14}},
      tooltip: {trigger: 'axis'},
      aria: {enabled: !!spec.stacked, decal: {show: !!spec.stacked}},
      legend: {show: !small, type: 'scroll', top: 26, left: 60, right: 60},
      grid: {left: 64, right: 24, top: small ? 30 : 66, bottom: small ? 56 : 66},
      dataZoom: [{type: 'slider', bottom: small ? 6 : 12}, {type: 'inside'}],
      xAxis: {type: 'category', data: times},
      yAxis: {type: 'value', scale: small},
      series: lines.map(function (line, i) {
        return {name: line.name[lang], type: 'line', showSymbol: false, data: values(line),
                sampling: spec.stacked ? 'average' : 'lttb', lineStyle: {width: spec.stacked ? 0.5 : 1.2, type: spec.stacked ? 'solid' : dashes[i % dashes.length]},
                step: series.every < 86400 && lines.length < 3 ? 'middle' : undefined,
                stack: spec.stacked ? 'all' : undefined, areaStyle: spec.stacked ? {opacity: 0.5} : undefined};
      })
    });
    return chart;
  }
  function drawUnit(box) {
    var unit = Number(box.dataset.unit);
    box.textContent = '';
    series.charts.forEach(function (spec) {
      var lines = spec.lines.filter(function (line) { return line.of === unit; });
      if (lines.length === 0) return;
      var place = document.createElement('div');
      place.className = 'chart small';
      box.appendChild(place);
      charts.push(draw(place, spec, lines, true));
    });
  }
  function drawAll() {
    charts.forEach(function (c) { c.dispose(); });
    charts = shown.map(function (spec, i) {
      return draw(document.getElementById('chart-' + i), spec, spec.lines, false);
    });
    opened.forEach(drawUnit);
  }
  document.querySelectorAll('details.unit').forEach(function (d) {
    d.addEventListener('toggle', function () {
      var box = d.querySelector('.unit-charts');
      if (!d.open || opened.indexOf(box) >= 0) return;
      opened.push(box);
      drawUnit(box);
    });
  });
  document.querySelectorAll('.language').forEach(function (input) { input.addEventListener('change', drawAll); });
  window.addEventListener('resize', function () { charts.forEach(function (c) { c.resize(); }); });
  drawAll();
})();
