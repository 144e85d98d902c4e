// Reads the page with a voice that lives on the device, so that nothing is sent to anybody.
// The button stays hidden where there is no such voice.
(function () {
  "use strict";
  var button = document.querySelector("[data-read-aloud]");
  var speech = window.speechSynthesis;
  if (!button || !speech || !window.SpeechSynthesisUtterance) {
    return;
  }
  var language = (document.documentElement.lang || "en").slice(0, 2).toLowerCase();
  var label = button.textContent;
  var waiting = [];
  var reading = false;

  function voiceOfDevice() {
    return speech.getVoices().filter(function (voice) {
      return voice.localService && voice.lang.slice(0, 2).toLowerCase() === language;
    })[0];
  }

  function show() {
    button.hidden = !voiceOfDevice();
  }

  function isHidden(element) {
    return element.closest("[hidden], [data-unread], script, style, svg") || !element.getClientRects().length;
  }

  // What is on the page, in order, cut at sentences: some devices fall silent in a long text.
  function sentences() {
    var walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
    var blocks = [];
    var last = null;
    while (walker.nextNode()) {
      var text = walker.currentNode.nodeValue.replace(/\s+/g, " ");
      var parent = walker.currentNode.parentElement;
      if (!text.trim() || isHidden(parent)) {
        continue;
      }
      var block = parent.closest("p, li, h1, h2, h3, h4, label, button, summary, legend, td, th, dt, dd, div");
      if (block !== last) {
        blocks.push("");
        last = block;
      }
      blocks[blocks.length - 1] += text;
    }
    return blocks.reduce(function (all, words) {
      return all.concat(words.match(/[^.!?]+[.!?]*["”’)]*/g) || []);
    }, []);
  }

  function stop() {
    reading = false;
    waiting = [];
    speech.cancel();
    button.textContent = label;
    button.setAttribute("aria-pressed", "false");
  }

  function next() {
    if (!reading) {
      return;
    }
    var words = waiting.shift();
    if (!words) {
      stop();
      return;
    }
    var utterance = new window.SpeechSynthesisUtterance(words);
    utterance.voice = voiceOfDevice();
    utterance.lang = utterance.voice ? utterance.voice.lang : language;
    utterance.onend = next;
    utterance.onerror = stop;
    speech.speak(utterance);
  }

  button.addEventListener("click", function () {
    if (reading) {
      stop();
      return;
    }
    reading = true;
    waiting = sentences();
    button.textContent = button.dataset.stop;
    button.setAttribute("aria-pressed", "true");
    next();
  });
  window.addEventListener("pagehide", stop);
  document.addEventListener("coproduce:shown", stop);
  if (speech.addEventListener) {
    speech.addEventListener("voiceschanged", show);
  }
  show();
})();
