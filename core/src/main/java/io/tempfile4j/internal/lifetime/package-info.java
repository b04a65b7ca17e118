/**
 * Who is alive, and who removes it: each thing that must not outlive its owner is a
 * {@link io.tempfile4j.internal.lifetime.LivingResource} in a {@link io.tempfile4j.internal.lifetime.Registry}.
 */
@NullMarked
package io.tempfile4j.internal.lifetime;

import org.jspecify.annotations.NullMarked;
