/* The superior's form: arrow keys move between its cells, and the chosen one stays marked. The page works without this file.
   data-cell  link of a cell; data-next  link to the next open cell (key n) */
(function () {
  'use strict';

  function mark(link) {
    document.querySelectorAll('[data-cell][aria-current]').forEach(function (each) { each.removeAttribute('aria-current'); });
    link.setAttribute('aria-current', 'true');
  }

  function middle(link) {
    var box = link.getBoundingClientRect();
    return { x: box.left + box.width / 2, y: box.top + box.height / 2 };
  }

  function nearest(link, key) {
    var from = middle(link), best = null, least = Infinity;
    link.closest('table').querySelectorAll('[data-cell]').forEach(function (other) {
      var at = middle(other), x = at.x - from.x, y = at.y - from.y;
      var along = { ArrowRight: x, ArrowLeft: -x, ArrowDown: y, ArrowUp: -y }[key];
      var across = Math.abs(key === 'ArrowLeft' || key === 'ArrowRight' ? y : x);
      if (along < 2) return;
      var far = along + across * 3;
      if (far < least) { least = far; best = other; }
    });
    return best;
  }

  document.addEventListener('click', function (event) {
    var link = event.target.closest('[data-cell]');
    if (link) mark(link);
  });

  document.addEventListener('keydown', function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    var link = event.target.closest('[data-cell]');
    if (link && event.key.indexOf('Arrow') === 0) {
      var next = nearest(link, event.key);
      if (next) { event.preventDefault(); next.focus(); }
    }
    if (event.key === 'n' && !event.target.closest('input,textarea,select')) {
      var ahead = document.querySelector('[data-next]');
      if (ahead) ahead.click();
    }
  });

  // On a narrow page the panel stands below the form: bring it into view when a cell was chosen.
  document.addEventListener('htmx:afterSwap', function (event) {
    if (event.target.id === 'panel' && window.innerWidth < 1100) {
      document.getElementById('panel').scrollIntoView({ block: 'start' });
    }
  });
})();
