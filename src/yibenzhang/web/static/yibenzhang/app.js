/* Progressive enhancement only: every page works without this file.
   data-errsum          summary of errors: takes the focus when the page opens
   data-pop             details that closes on Escape and on a click outside
   data-autosubmit      form that submits itself when a select in it changes
   data-check-all="n"   checkbox that ticks all checkboxes named n of its form
   data-drop            label area: files dropped on it go to the file input inside
   data-notice          shown when a background request did not reach the server */
(function () {
  'use strict';

  function focusErrors(root) {
    var summary = root.querySelector('[data-errsum]');
    if (summary) summary.focus();
  }

  function closePops(except) {
    document.querySelectorAll('details[data-pop][open],details.pop[open]').forEach(function (pop) {
      if (!except || !pop.contains(except)) pop.open = false;
    });
  }

  document.addEventListener('click', function (event) { closePops(event.target); });

  document.addEventListener('keydown', function (event) {
    if (event.key !== 'Escape') return;
    var open = event.target.closest && event.target.closest('details[open]');
    closePops(null);
    if (open) open.querySelector('summary').focus();
  });

  document.addEventListener('change', function (event) {
    var field = event.target;
    if (field.tagName === 'SELECT' && field.form && field.form.hasAttribute('data-autosubmit')) field.form.requestSubmit();
    if (field.dataset.checkAll) {
      field.form.querySelectorAll('input[type=checkbox][name="' + field.dataset.checkAll + '"]').forEach(function (box) {
        box.checked = field.checked;
      });
    }
  });

  document.addEventListener('dragover', function (event) {
    if (event.target.closest('[data-drop]')) event.preventDefault();
  });

  document.addEventListener('drop', function (event) {
    var area = event.target.closest('[data-drop]');
    if (!area || !event.dataTransfer.files.length) return;
    event.preventDefault();
    var input = area.querySelector('input[type=file]');
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
  });

  function showNotice(visible) {
    var notice = document.querySelector('[data-notice]');
    if (notice) notice.hidden = !visible;
  }

  document.addEventListener('htmx:sendError', function () { showNotice(true); });
  document.addEventListener('htmx:responseError', function () { showNotice(true); });
  document.addEventListener('htmx:afterOnLoad', function () { showNotice(false); });
  document.addEventListener('htmx:afterSwap', function (event) { focusErrors(event.target); });
  document.addEventListener('DOMContentLoaded', function () { focusErrors(document); });
})();
