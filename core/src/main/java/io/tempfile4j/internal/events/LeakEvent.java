package io.tempfile4j.internal.events;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** Something temporary was never closed and is garbage now. */
@Name("io.tempfile4j.Leak")
@Label("Temporary Thing Leaked")
@Description("Something temporary was never closed and is garbage now.")
@Category("tempfile4j")
@StackTrace(false)
final class LeakEvent extends Event {

    @Label("Kind")
    String kind = "";

    @Label("What")
    @Description("The path, or what it is if it has none")
    String what = "";

    static void emit(Object kind, Object what) {
        LeakEvent event = new LeakEvent();
        if (event.shouldCommit()) {
            event.kind = kind.toString();
            event.what = what.toString();
            event.commit();
        }
    }
}
