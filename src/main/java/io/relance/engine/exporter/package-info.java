/**
 * The exporter that the broker loads: writes the engine's records to our read model. Built into a
 * jar of its own with the JDBC driver; uses nothing of the application and nothing of Spring.
 */
@NullMarked
package io.relance.engine.exporter;

import org.jspecify.annotations.NullMarked;
