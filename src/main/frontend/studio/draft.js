// The draft on the server: saved from the revision that it began with, so that nobody writes over somebody else's.
const SEEN_EVERY = 10_000;

export class Draft {
  constructor(data, words) {
    this.data = data;
    this.words = words;
    this.revision = Number(data.revision);
    this.findings = [];
    this.changes = 0;
    this.savedChanges = 0;
    this.conflict = false;
    this.saving = Promise.resolve();
    this.state = document.getElementById('save-state');
    this.notice = document.getElementById('notice');
  }

  touched() {
    this.changes++;
    this.show('studio.edit.unsaved');
  }

  isUnsaved = () => this.changes > this.savedChanges;

  /** One after the other: two on their way at once would be each other's conflict. */
  save(content, kind, comment = '') {
    this.saving = this.saving.then(() => this.#put(content, kind, comment));
    return this.saving;
  }

  /** Over what somebody else saved meanwhile; theirs stays in the history. */
  async saveOver(content) {
    this.revision = this.theirs;
    this.conflict = false;
    document.getElementById('conflict').hidden = true;
    return this.save(content, 'saved', this.words['studio.edit.saved-over']);
  }

  async #put(content, kind, comment) {
    if (this.conflict) return false;
    const upTo = this.changes;
    this.show('studio.edit.saving');
    const query = new URLSearchParams({ base: this.revision, kind, comment });
    const answer = await this.#send('PUT', `${this.data.drafts}?${query}`, content);
    if (!answer) {
      this.show('studio.edit.not-saved');
      this.tell(this.words['studio.edit.away']);
      return false;
    }
    const said = await answer.json().catch(() => ({}));
    if (answer.ok) {
      this.revision = said.revision;
      this.findings = said.findings.map(({ element, ...rest }) => ({ ...rest, id: element }));
      this.savedChanges = Math.max(this.savedChanges, upTo);
      this.show(this.isUnsaved() ? 'studio.edit.unsaved' : 'studio.edit.saved', said.at);
      this.tell('');
      return true;
    }
    this.show('studio.edit.not-saved');
    if (answer.status === 409) this.#differ(said);
    else this.tell(said.detail || this.words['studio.edit.logged-out']);
    return false;
  }

  #differ(said) {
    this.conflict = true;
    this.theirs = said.revision;
    document.getElementById('conflict-words').textContent = said.detail;
    document.getElementById('conflict').hidden = false;
    document.getElementById('conflict').focus();
  }

  /** Who else is here, and whether they saved. */
  watch() {
    const ask = async () => {
      const answer = await this.#send('POST', this.data.presence, '');
      if (!answer || !answer.ok) return;
      const { others, revision, by } = await answer.json();
      const place = document.getElementById('others');
      place.textContent = others.length ? this.words['studio.edit.others'].replace('{0}', others.join(', ')) : '';
      if (revision > this.revision && !this.isUnsaved() && !this.conflict) {
        this.#differ({ revision, detail: this.words['studio.edit.newer'].replace('{0}', by) });
      }
    };
    ask();
    setInterval(ask, SEEN_EVERY);
    addEventListener('pagehide', () => this.#send('DELETE', this.data.presence, undefined, true));
  }

  /** Names that must agree with other files, before anything is saved. */
  async learnNames(then) {
    const answer = await fetch(this.data.names);
    if (answer.ok) this.findings = (await answer.json()).map(({ element, ...rest }) => ({ ...rest, id: element }));
    then();
  }

  async #send(method, address, body, keepalive = false) {
    const once = () => fetch(address, {
      method, body, keepalive, redirect: 'manual',
      headers: { [this.data.csrfHeader]: this.data.csrf, 'Content-Type': 'application/octet-stream' },
    }).catch(() => null);
    const answer = await once();
    const isLoggedOut = answer && (answer.type === 'opaqueredirect' || answer.status === 401 || answer.status === 403);
    return isLoggedOut && !keepalive && (await this.#renewed()) ? once() : answer;
  }

  /** Whoever logged in again in another tab has another token, and goes on here. */
  async #renewed() {
    const answer = await fetch(location.href, { redirect: 'manual' }).catch(() => null);
    const page = answer && answer.ok && new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('editor');
    if (!page || page.dataset.csrf === this.data.csrf) return false;
    this.data.csrf = page.dataset.csrf;
    return true;
  }

  show(key, at) {
    const time = at ? new Date(at).toLocaleTimeString(document.documentElement.lang, { hour: '2-digit', minute: '2-digit' }) : '';
    this.state.textContent = this.words[key].replace('{0}', time);
    this.state.dataset.state = key.split('.').pop();
  }

  tell(text, link) {
    this.notice.hidden = !text;
    this.notice.textContent = text;
    if (text && link) {
      const way = document.createElement('a');
      way.href = link;
      way.textContent = this.words['studio.edit.as-text'];
      this.notice.append(' ', way);
    }
  }
}
