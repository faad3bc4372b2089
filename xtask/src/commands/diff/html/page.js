const boxes = [...document.querySelectorAll('input[data-class]')];
const search = document.querySelector('input[type="search"]');
function filter() {
  const off = new Set(boxes.filter((box) => !box.checked).map((box) => box.dataset.class));
  const wanted = search.value.trim().toLowerCase();
  for (const section of document.querySelectorAll('section')) {
    let shown = 0;
    for (const change of section.querySelectorAll('.change')) {
      const isOff = [...change.classList].some((name) => off.has(name));
      change.hidden = isOff || !change.textContent.toLowerCase().includes(wanted);
      shown += change.hidden ? 0 : 1;
    }
    section.hidden = shown === 0;
  }
}
for (const input of [...boxes, search]) input.addEventListener('input', filter);
