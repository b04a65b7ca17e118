package io.tempfile4j.internal.events;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** Something temporary was never closed and is garbage now. */
@Name("io.tempfile4j.Leak")
@Label("Temporary Thing Leaked")
@Description("Something temporary was never closed and is garbage now.")
@StackTrace(false)
final class LeakEvent extends ThingEvent {}
