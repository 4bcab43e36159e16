/* The recording form, made quicker. Without this file every step works by the buttons of the page.
   data-picker      a suggestion that is clicked becomes a chip; Enter takes the first one
   data-seats       keeps the tally of the attendance list
   data-add-row     adds a row to the agenda on the spot
   data-autosave    the draft is kept every 15 seconds while something has changed
   data-unit        another unit reloads the form for it */
(function () {
  'use strict';

  var form = document.querySelector('form[data-record]');
  if (!form) return;
  document.documentElement.classList.add('js');
  var dirty = false, saving = false, pressed = null;

  function changed(node) { node.dispatchEvent(new Event('change', { bubbles: true })); }

  function choose(button) {
    var picker = button.closest('[data-picker]');
    var list = picker.querySelector('[data-chosen]');
    var input = picker.querySelector('input[name$=".names"]');
    if (list.hasAttribute('data-single')) list.textContent = '';
    if (!list.querySelector('input[value="' + button.dataset.pick + '"]')) {
      var item = document.createElement('li'), label = document.createElement('label'), box = document.createElement('input');
      label.className = 'chip';
      box.type = 'checkbox'; box.name = button.dataset.field; box.value = button.dataset.pick; box.checked = true;
      label.append(box, button.dataset.label);
      item.append(label);
      list.append(item);
    }
    var names = input.value.split(/[、，,;；\s]+/);
    names.pop();
    input.value = list.hasAttribute('data-single') ? '' : names.filter(Boolean).join('、');
    picker.querySelector('[data-suggest]').textContent = '';
    input.focus();
    changed(input);
  }

  function tally(seats) {
    var box = seats.parentNode.querySelector('[data-tally]');
    ['p', 'e', 'a'].forEach(function (state) {
      box.querySelector('[data-count="' + state + '"]').textContent = seats.querySelectorAll('input.' + state + ':checked').length;
    });
  }

  function addRow(list) {
    var rows = list.querySelectorAll('li'), row = rows[rows.length - 1].cloneNode(true), number = rows.length + 1;
    row.querySelectorAll('input,select').forEach(function (control, index) {
      control.id = control.id.replace(/-\d+(-k)?$/, '-' + number + (index ? '-k' : ''));
      control.value = '';
      if (!index) control.placeholder = '议题';
      row.querySelectorAll('label')[index].htmlFor = control.id;
      row.querySelectorAll('label')[index].textContent = '第' + number + '项' + (index ? '类别' : '议题');
    });
    list.append(row);
    row.querySelector('input').focus();
  }

  form.addEventListener('click', function (event) {
    var button = event.target.closest('button');
    if (!button) return;
    pressed = button;
    if (button.hasAttribute('data-pick')) choose(button);
    if (button.hasAttribute('data-add-row')) {
      event.preventDefault();
      addRow(button.parentNode.querySelector('[data-agenda]'));
    }
  });

  form.addEventListener('keydown', function (event) {
    var input = event.target.closest('.picker input[name$=".names"]');
    var inList = event.target.closest('[data-suggest] button');
    var list = input && input.parentNode.querySelector('[data-suggest]');
    if (input && event.key === 'Enter') {
      event.preventDefault();
      if (list.querySelector('button')) choose(list.querySelector('button'));
    } else if (input && event.key === 'ArrowDown' && list.querySelector('button')) {
      event.preventDefault();
      list.querySelector('button').focus();
    } else if (event.key === 'Escape' && (input || inList)) {
      (list || inList.closest('[data-suggest]')).textContent = '';
      if (inList) inList.closest('[data-picker]').querySelector('input[name$=".names"]').focus();
    } else if (inList && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      var next = inList.parentNode[event.key === 'ArrowDown' ? 'nextElementSibling' : 'previousElementSibling'];
      if (next && next.querySelector('button')) next.querySelector('button').focus();
    }
  });

  form.addEventListener('change', function (event) {
    var seats = event.target.closest('[data-seats]');
    if (seats) tally(seats);
    if (event.target.type === 'file') {
      var names = Array.prototype.map.call(event.target.files, function (file) { return file.name; });
      form.querySelector('[data-file-names]').textContent = names.length ? '已选：' + names.join('、') : '没有选文件';
      return;
    }
    if (event.target.hasAttribute('data-unit')) {
      if (!dirty && !form.elements.voucher.value) {
        window.location.search = '?unit=' + encodeURIComponent(event.target.value);
      } else {
        form.requestSubmit(form.querySelector('[data-unit-button]'));
      }
      return;
    }
    dirty = true;
  });
  form.addEventListener('input', function (event) { if (event.target.type !== 'file') dirty = true; });

  form.addEventListener('htmx:afterSwap', function (event) {
    if (event.target.hasAttribute('data-suggest')) event.target.scrollIntoView({ block: 'nearest' });
  });

  document.addEventListener('click', function (event) {
    document.querySelectorAll('[data-suggest]').forEach(function (list) {
      if (!list.parentNode.contains(event.target)) list.textContent = '';
    });
  });

  /* A draft being kept and a submission must not overtake each other: the second would look like a foreign change. */
  form.addEventListener('submit', function (event) {
    if (form.dataset.sent) { event.preventDefault(); return; }
    if (saving) {
      event.preventDefault();
      var button = event.submitter || pressed;
      form.addEventListener('htmx:afterRequest', function () { form.requestSubmit(button); }, { once: true });
      return;
    }
    form.dataset.sent = '1';
  });
  window.addEventListener('pageshow', function () { delete form.dataset.sent; });

  var keeper = form.querySelector('[data-autosave]');
  keeper.addEventListener('htmx:beforeRequest', function () { saving = true; dirty = false; });
  keeper.addEventListener('htmx:afterRequest', function (event) { saving = false; if (!event.detail.successful) dirty = true; });
  window.setInterval(function () {
    if (dirty && !saving && !form.dataset.sent && window.htmx) window.htmx.trigger(keeper, 'autosave');
  }, 15000);
})();
