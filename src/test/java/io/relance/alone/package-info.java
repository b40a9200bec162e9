/**
 * Stories that need a server of their own: one after another, they run beside those that share one
 * (junit-platform.properties). They wait for starts and for outages most of their time.
 */
package io.relance.alone;
