// Runs in a world of its own, beside the page's scripts and unseen by them. It draws nothing and
// changes nothing; it tells what was done, when and where.
(() => {
  if (window !== window.top) return;
  const PRESSABLE = "a, button, input, select, textarea, summary, label, [role=button], [role=link], [role=tab], [role=option]";
  const tell = (what) => UNORDER(JSON.stringify({ at: performance.timeOrigin + performance.now(), scrolled: scrollY, ...what }));
  const box = (element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return { x, y, width, height };
  };
  // What a shopper would say was pressed: a tick belongs to the line that it stands in.
  const pressed = (element) => {
    const own = element.closest?.(PRESSABLE) ?? element;
    const line = /^(checkbox|radio)$/.test(own.type) ? own.closest("label") : null;
    return line ?? own;
  };
  const ticks = (element) => /^(checkbox|radio)$/.test((element.control ?? element).type);
  const first = (event) => event.composedPath()[0];
  const watch = (name, look) => addEventListener(name, look, { capture: true, passive: true });
  tell({ kind: "document" });

  watch("pointerdown", (event) => {
    if (!event.isTrusted) return;
    const target = pressed(first(event));
    const point = [event.clientX, event.clientY];
    tell({ kind: "press", box: box(target), point, chosen: ticks(target) ? 1 : -1 });
  });
  watch("input", (event) => {
    const field = first(event);
    if (field.matches?.("textarea, input:not([type=checkbox], [type=radio])")) {
      const style = getComputedStyle(field);
      const line = parseFloat(style.lineHeight) || 1.2 * parseFloat(style.fontSize);
      tell({ kind: "write", box: box(field), line });
    }
  });
  watch("keydown", (event) => {
    if (event.isTrusted && /^(Enter|Escape|Tab)$/.test(event.key))
      tell({ kind: "key", box: box(first(event)), texts: [event.key] });
  });
  watch("change", (event) => {
    const field = first(event);
    if (!field.matches?.("select:not([multiple])")) return;
    const texts = [...field.options].map((option) => option.text.trim());
    tell({ kind: "choose", box: box(field), texts, chosen: field.selectedIndex });
  });
})();
