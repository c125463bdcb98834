// Runs inside the page. Notes when the reader last acted, when the page last changed, and when
// the number of cards last grew, all in milliseconds since the page was asked for.
(() => {
  const probe = { input: 0, change: 0, cards: 0, cardCount: 0, runEnd: 0, quietTicks: 0 };
  window.benchmarkProbe = probe;
  const cardSelector = '[data-testid="stMetric"], .wm-card';

  const changed = () => {
    probe.change = performance.now();
    probe.quietTicks = 0;
  };

  const isVisibleWork = (mutation) => {
    const at = mutation.target.nodeType === 1 ? mutation.target : mutation.target.parentElement;
    if (!at || !at.closest('[data-testid="stMain"]')) return false;
    // Streamlit marks old parts by attributes; only attributes of drawings are drawing.
    return mutation.type !== 'attributes' || at.closest('svg') !== null;
  };

  const noteCards = () => {
    const count = document.querySelectorAll(cardSelector).length;
    if (count === probe.cardCount) return;
    probe.cardCount = count;
    probe.cards = performance.now();
  };

  const noteRunEnd = (mutation) => {
    if (mutation.attributeName !== 'data-test-script-state') return;
    if (mutation.target.dataset.testScriptState === 'notRunning') probe.runEnd = performance.now();
  };

  new MutationObserver((mutations) => {
    mutations.forEach(noteRunEnd);
    if (!mutations.some(isVisibleWork)) return;
    changed();
    noteCards();
  }).observe(document, { attributes: true, characterData: true, childList: true, subtree: true });

  // A map is drawn on a canvas, which no mutation tells of.
  for (const kind of [WebGLRenderingContext, WebGL2RenderingContext]) {
    for (const name of ['drawArrays', 'drawElements', 'drawArraysInstanced', 'drawElementsInstanced']) {
      const draw = kind.prototype[name];
      if (!draw) continue;
      kind.prototype[name] = function (...given) {
        changed();
        return draw.apply(this, given);
      };
    }
  }

  for (const kind of ['keydown', 'pointerdown']) {
    document.addEventListener(kind, () => { probe.input = performance.now(); }, true);
  }

  // Ticks come late while the page is busy, so ten of them are ten chances to have changed.
  setInterval(() => { probe.quietTicks += 1; }, 100);

  const drawn = (chart, mark) =>
    [...document.querySelectorAll(`[data-testid="${chart}"]`)].every((each) => each.querySelector(mark));

  probe.isSettled = () => {
    const app = document.querySelector('[data-testid="stApp"]');
    const hasRun = probe.runEnd > probe.input || performance.now() - probe.input > 3000;
    return (
      app !== null && app.dataset.testScriptState === 'notRunning' && hasRun &&
      probe.cardCount + document.querySelectorAll('h1').length > 0 && probe.quietTicks >= 10 &&
      drawn('stPlotlyChart', '.main-svg') && drawn('stDeckGlJsonChart', 'canvas')
    );
  };
})();
