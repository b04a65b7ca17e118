package io.tempfile4j.internal.events;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;

/** Something happened to one temporary thing. */
@Category("tempfile4j")
abstract class ThingEvent extends Event {

    @Label("Kind")
    String kind = "";

    @Label("What")
    @Description("The path, or what it is if it has none")
    String what = "";

    final void commit(Object itsKind, Object itself) {
        if (shouldCommit()) {
            kind = itsKind.toString();
            what = itself.toString();
            commit();
        }
    }
}
