// The model is part of the address.
const filter = document.getElementById('ways-filter');
const model = document.getElementById('model');
filter.addEventListener('submit', () => {
  filter.action = '/flow/' + encodeURIComponent(model.value) + '/paths';
  model.disabled = true;
});
model.addEventListener('change', () => {
  document.getElementById('version').value = '';
  filter.requestSubmit();
});
