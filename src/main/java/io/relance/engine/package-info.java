/**
 * The only owner of the Camunda client: deployment, the worker runtime, the outbox of messages, the
 * embedded broker, the engine's clock, and the read model that our exporter fills. Other modules
 * give it {@link io.relance.engine.Worker}s and messages, and read the {@code engine_*} tables,
 * which are its public read model.
 */
@ApplicationModule(
    displayName = "Engine",
    allowedDependencies = {"kernel", "platform"})
@NullMarked
package io.relance.engine;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
