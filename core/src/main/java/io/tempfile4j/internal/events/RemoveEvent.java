package io.tempfile4j.internal.events;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** Something temporary was removed. */
@Name("io.tempfile4j.Remove")
@Label("Temporary Thing Removed")
@Description("Something temporary was removed.")
@StackTrace(true)
final class RemoveEvent extends ThingEvent {}
