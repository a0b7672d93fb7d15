const root = document.documentElement;

function isDark() {
  return root.dataset.theme === undefined
    ? matchMedia('(prefers-color-scheme: dark)').matches
    : root.dataset.theme === 'dark';
}

const theme = document.querySelector('button.theme');
if (theme !== null) {
  const tell = () => {
    theme.title = `Switch to the ${isDark() ? 'light' : 'dark'} theme`;
    theme.setAttribute('aria-label', theme.title);
  };
  theme.hidden = false;
  theme.addEventListener('click', () => {
    root.dataset.theme = isDark() ? 'light' : 'dark';
    localStorage.setItem('theme', root.dataset.theme);
    tell();
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', tell);
  tell();
}

const searchOpen = document.querySelector('button.search-open');
if (searchOpen !== null) {
  const open = async () => (await import('./search.js')).openSearch();
  searchOpen.hidden = false;
  searchOpen.addEventListener('click', () => void open());
  document.addEventListener('keydown', (event) => {
    const isTyping =
      event.target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
    if (event.key !== '/' || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    void open();
  });
}

// Copying needs a secure context: https, or this machine.
if (navigator.clipboard !== undefined) {
  for (const block of document.querySelectorAll('article pre:not(.output)')) {
    const copy = document.createElement('button');
    copy.type = 'button';
    copy.className = 'copy';
    copy.textContent = 'Copy';
    const copyCode = async () => {
      await navigator.clipboard.writeText(block.querySelector('code').textContent);
      copy.textContent = 'Copied';
      setTimeout(() => {
        copy.textContent = 'Copy';
      }, 2000);
    };
    copy.addEventListener('click', () => void copyCode());
    const frame = document.createElement('div');
    frame.className = 'code';
    block.replaceWith(frame);
    frame.append(block, copy);
  }
}
