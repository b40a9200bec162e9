// Buttons of forms that take a while show it and cannot be pressed twice.
document.querySelectorAll('form[data-busy]').forEach((form) =>
  form.addEventListener('submit', () => {
    const button = form.querySelector('button');
    button.disabled = true;
    button.textContent = form.dataset.busy;
  }));
