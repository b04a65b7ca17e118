package io.tempfile4j.internal.events;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** What a dead process left was removed. */
@Name("io.tempfile4j.Reap")
@Label("Orphan Reaped")
@Description("What a dead process left was removed.")
@Category("tempfile4j")
@StackTrace(false)
final class ReapEvent extends Event {

    @Label("Path")
    String path = "";

    static void emit(Object path) {
        ReapEvent event = new ReapEvent();
        if (event.shouldCommit()) {
            event.path = path.toString();
            event.commit();
        }
    }
}
