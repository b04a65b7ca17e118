package io.tempfile4j.internal.events;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** Something temporary was removed. */
@Name("io.tempfile4j.Remove")
@Label("Temporary Thing Removed")
@Description("Something temporary was removed.")
@Category("tempfile4j")
@StackTrace(true)
final class RemoveEvent extends Event {

    @Label("Kind")
    String kind = "";

    @Label("What")
    @Description("The path, or what it is if it has none")
    String what = "";

    static void emit(Object kind, Object what) {
        RemoveEvent event = new RemoveEvent();
        if (event.shouldCommit()) {
            event.kind = kind.toString();
            event.what = what.toString();
            event.commit();
        }
    }
}
