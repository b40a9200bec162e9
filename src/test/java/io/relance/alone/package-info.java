/**
 * Stories that need a server of their own. They come first by their name, before the one that all
 * other stories share runs beside them.
 */
package io.relance.alone;
