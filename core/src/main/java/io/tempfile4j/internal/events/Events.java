package io.tempfile4j.internal.events;

import java.util.Optional;
import jdk.jfr.FlightRecorder;

/**
 * Tells the Flight Recorder. As long as it was never started in this process, that costs the reading of a field, and no
 * event class is loaded.
 */
public final class Events {

    private static final boolean PRESENT = isPresent();

    private Events() {}

    /** The module is optional, and a run-time image may lack it. */
    private static boolean isPresent() {
        Optional<Module> recorder = ModuleLayer.boot().findModule("jdk.jfr");
        return recorder.isPresent() && Events.class.getModule().canRead(recorder.get());
    }

    private static boolean isRecording() {
        return PRESENT && FlightRecorder.isInitialized();
    }

    /** Arguments are turned to text only when they are recorded. */
    public static void created(Object kind, Object what) {
        if (isRecording()) {
            new CreateEvent().commit(kind, what);
        }
    }

    public static void removed(Object kind, Object what) {
        if (isRecording()) {
            new RemoveEvent().commit(kind, what);
        }
    }

    public static void leaked(Object kind, Object what) {
        if (isRecording()) {
            new LeakEvent().commit(kind, what);
        }
    }

    public static void reaped(Object what) {
        if (isRecording()) {
            ReapEvent.emit(what);
        }
    }
}
