package io.relance.web;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.ui.Model;
import org.springframework.web.util.UriComponentsBuilder;

/** What a list says of its pages: which one it is, whether others follow, and their address. */
final class ListPage {

  private final UriComponentsBuilder address;

  private ListPage(UriComponentsBuilder address) {
    this.address = address;
  }

  static ListPage at(String path) {
    return new ListPage(UriComponentsBuilder.fromPath(path));
  }

  /** A filter of the list; null narrows nothing. */
  ListPage with(String name, @Nullable String value) {
    address.queryParamIfPresent(name, Optional.ofNullable(value));
    return this;
  }

  /**
   * @param total how many there are on all pages
   */
  void show(Model model, int page, int size, long total) {
    String base = address.encode().toUriString();
    model.addAttribute("page", page);
    model.addAttribute("more", total > (long) (page + 1) * size);
    model.addAttribute("base", base + (base.contains("?") ? "&" : "?"));
  }
}
