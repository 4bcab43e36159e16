/* 核稿. Everything works without this file; it keeps the panes where they were and adds keys.
   data-bring   form that brings a text: shows that reading goes on, names the file chosen
   data-proof   article and figures: j/k or the arrow keys move from figure to figure while one has the focus */
(function () {
  'use strict';

  document.addEventListener('submit', function (event) {
    var form = event.target;
    if (!form.hasAttribute('data-bring')) return;
    form.querySelector('[data-busy]').hidden = false;
    form.querySelector('button[type=submit]').disabled = true;
  });

  window.addEventListener('pageshow', function () {
    document.querySelectorAll('[data-bring] button[type=submit]').forEach(function (button) { button.disabled = false; });
    document.querySelectorAll('[data-busy]').forEach(function (busy) { busy.hidden = true; });
  });

  document.addEventListener('change', function (event) {
    var chosen = event.target.type === 'file' && event.target.closest('[data-drop]');
    if (chosen && event.target.files.length) chosen.querySelector('[data-chosen]').textContent = event.target.files[0].name;
  });

  var kept = {};
  var focus = '';

  function panes() { return document.querySelectorAll('.pf__l,.pf__r'); }

  function isPane(pane) { return getComputedStyle(pane).overflowY === 'auto'; }

  /* Each pane shows the figure selected; the page itself stays where it is. Without panes (phone) go to the link's end. */
  function show() {
    var panesThere = false;
    panes().forEach(function (pane) {
      var chosen = pane.querySelector('.clm[aria-current],.clist>[aria-current]');
      if (!isPane(pane)) return;
      panesThere = true;
      if (!chosen) return;
      var box = chosen.getBoundingClientRect();
      var frame = pane.getBoundingClientRect();
      var head = pane.querySelector('.pf__h');
      var top = frame.top + (head ? head.offsetHeight : 0) + 8;
      if (box.top < top) pane.scrollTop += box.top - top;
      else if (box.bottom > frame.bottom) pane.scrollTop += Math.min(box.bottom - frame.bottom + 16, box.top - top);
    });
    var end = location.hash && document.getElementById(location.hash.slice(1));
    if (!panesThere && end) end.scrollIntoView();
  }

  document.addEventListener('htmx:beforeSwap', function () {
    panes().forEach(function (pane) { kept[pane.className] = pane.scrollTop; });
    var active = document.activeElement;
    focus = active && active.closest('.clist') ? 'list' : active && active.closest('.art') ? 'article' : '';
  });

  document.addEventListener('htmx:afterSettle', function () {
    if (!document.querySelector('[data-proof]')) return;
    panes().forEach(function (pane) { pane.scrollTop = kept[pane.className] || 0; });
    show();
    var wanted = focus && document.querySelector(focus === 'list' ? '.clist>[aria-current] .hd a' : '.clm[aria-current]');
    if (wanted) wanted.focus({ preventScroll: true });
  });

  document.addEventListener('DOMContentLoaded', show);

  document.addEventListener('keydown', function (event) {
    var link = event.target.closest && event.target.closest('.clm,.clist .hd a');
    if (!link || event.ctrlKey || event.metaKey || event.altKey) return;
    var step = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 }[event.key];
    if (!step) return;
    var all = Array.prototype.slice.call(document.querySelectorAll(link.classList.contains('clm') ? '.clm' : '.clist .hd a'));
    var next = all[all.indexOf(link) + step];
    event.preventDefault();
    if (next) { next.focus(); next.click(); }
  });
})();
