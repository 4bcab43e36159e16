/* Editing a report: puts a found figure at the cursor, and saves by itself. The page works without this file.
   data-insert    button: its words go into the text where the cursor was; with data-block, onto a line below it
   data-autosave  form: saved four seconds after the last change */
(function () {
  'use strict';
  var text = document.getElementById('t-text');
  var form = document.querySelector('form[data-autosave]');
  if (!text) return;

  document.addEventListener('click', function (event) {
    var button = event.target.closest('[data-insert]');
    if (!button) return;
    var at = text.selectionEnd;
    if (button.hasAttribute('data-block')) {
      var end = text.value.indexOf('\n', at);
      if (end < 0) end = text.value.length;
      text.setRangeText((end ? '\n' : '') + button.dataset.insert, end, end, 'end');
    } else {
      text.setRangeText(button.dataset.insert, text.selectionStart, at, 'end');
    }
    text.focus();
    text.dispatchEvent(new Event('input', { bubbles: true }));
  });

  if (!form) return;
  var timer = null;
  var status = document.getElementById('autosaved');
  var stopped = false;

  function show(html) {
    var page = new DOMParser().parseFromString(html, 'text/html');
    var kept = page.querySelector('[data-revision]');
    var problem = page.querySelector('.err');
    status.textContent = (kept || problem || { textContent: '' }).textContent;
    if (kept) document.getElementById('revision').value = kept.dataset.revision;
    if (problem && problem.dataset.conflict) stopped = true;
  }

  function save() {
    if (stopped) return;
    var data = new FormData(form);
    data.append('quiet', '1');
    fetch(form.action, { method: 'POST', body: data, credentials: 'same-origin' })
      .then(function (answer) { return answer.text(); })
      .then(function (html) { show(html); })
      .catch(function () { status.textContent = '没有连上服务器，还没有保存。内容仍在本页。'; });
  }

  form.addEventListener('input', function () {
    clearTimeout(timer);
    timer = setTimeout(save, 4000);
  });
  form.addEventListener('submit', function () { stopped = true; clearTimeout(timer); });
})();
