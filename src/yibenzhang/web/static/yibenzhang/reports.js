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
  var PAUSE = 4000;
  var AGAIN = 10000;
  var status = document.getElementById('autosaved');
  var timer = null;
  var unsaved = false;   // something typed is not on the server
  var busy = false;      // a save is under way
  var stopped = false;   // somebody else saved: the reader decides
  var leaving = false;   // the form itself is being sent
  var signedOut = false; // the page's token may be of another session

  function later(pause) {
    clearTimeout(timer);
    if (unsaved && !stopped) timer = setTimeout(save, pause);
  }

  function show(answer, html) {
    var page = new DOMParser().parseFromString(html, 'text/html');
    var kept = page.querySelector('[data-revision]');
    var problem = page.querySelector('.err[data-conflict]');
    if (kept) {
      document.getElementById('revision').value = kept.dataset.revision;
      status.textContent = kept.textContent;
      return true;
    }
    signedOut = answer.redirected || answer.status === 403;
    if (problem) status.textContent = problem.textContent;
    else if (signedOut) status.textContent = '登录已过期，还没有保存。请另开窗口登录，本页内容都在，登录后会自动再存。';
    else status.textContent = '服务器没有存下（' + answer.status + '），内容仍在本页，稍后再试。';
    if (problem && problem.dataset.conflict) stopped = true;
    return false;
  }

  /* After signing in again the token of this page is of the old session: take the new one from the page as it is now. */
  function renewed() {
    if (!signedOut) return Promise.resolve();
    return fetch(form.action, { credentials: 'same-origin' })
      .then(function (answer) { return answer.redirected ? '' : answer.text(); })
      .then(function (html) {
        var fresh = new DOMParser().parseFromString(html, 'text/html').querySelector('[data-autosave] [name=csrfmiddlewaretoken]');
        if (fresh) form.querySelector('[name=csrfmiddlewaretoken]').value = fresh.value;
      });
  }

  function save() {
    if (stopped || busy) return;
    busy = true;
    var sent = text.value;
    renewed()
      .then(function () {
        var data = new FormData(form);
        data.append('quiet', '1');
        return fetch(form.action, { method: 'POST', body: data, credentials: 'same-origin' });
      })
      .then(function (answer) {
        return answer.text().then(function (html) {
          if (show(answer, html) && text.value === sent) unsaved = false;
        });
      })
      .catch(function () { status.textContent = '没有连上服务器，还没有保存。内容仍在本页，连上后自动再存。'; })
      .then(function () {
        busy = false;
        if (leaving) form.submit();
        else later(AGAIN);
      });
  }

  form.addEventListener('input', function () { unsaved = true; later(PAUSE); });
  window.addEventListener('online', function () { later(0); });
  form.addEventListener('submit', function (event) {
    leaving = true;
    clearTimeout(timer);
    if (busy) event.preventDefault(); // the save under way would make this one stale; it is sent right after
  });
  window.addEventListener('beforeunload', function (event) {
    if (unsaved && !leaving) event.preventDefault();
  });
})();
