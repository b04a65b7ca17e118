package io.tempfile4j;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What the library says to its logger while this is open; it goes nowhere else. */
final class CapturedLog extends Handler implements AutoCloseable {

    /** Held, or it could be collected with the handler. */
    private final Logger logger = Logger.getLogger("io.tempfile4j");

    private final boolean parents = logger.getUseParentHandlers();
    private final List<String> messages = new CopyOnWriteArrayList<>();

    CapturedLog() {
        logger.setUseParentHandlers(false);
        logger.addHandler(this);
    }

    /** Those that contain all of these parts, each with its level before and the exception, if any, behind. */
    List<String> about(Object... parts) {
        return messages.stream()
                .filter(message -> List.of(parts).stream().allMatch(part -> message.contains(part.toString())))
                .toList();
    }

    @Override
    public void publish(LogRecord record) {
        String message = record.getLevel() + " " + new SimpleFormatter().formatMessage(record);
        messages.add(record.getThrown() == null ? message : message + " " + record.getThrown());
    }

    @Override
    public boolean isLoggable(LogRecord record) {
        return record.getLevel().intValue() >= Level.INFO.intValue();
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setUseParentHandlers(parents);
    }
}
