/** What the JDK's Flight Recorder is told, where there is one ({@code jdk.jfr} is optional) and it is recording. */
@NullMarked
package io.tempfile4j.internal.events;

import org.jspecify.annotations.NullMarked;
