package io.tempfile4j.internal.events;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** Something temporary was made. */
@Name("io.tempfile4j.Create")
@Label("Temporary Thing Created")
@Description("Something temporary was made.")
@StackTrace(true)
final class CreateEvent extends ThingEvent {}
