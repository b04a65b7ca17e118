package io.tempfile4j.cli;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Signals that this process gets and hands on to another, instead of ending. */
final class Signals {

    /** Those that end a program which does not handle them. Some the JVM keeps for itself, such as QUIT. */
    private static final String[] NAMES = {"HUP", "INT", "TERM", "USR1", "USR2", "ALRM"};

    private static final Path SELF = Path.of("/proc/self/stat");

    /** Fields of proc(5), counted behind the command's name, which may hold anything. */
    private static final int PROCESS_GROUP = 2;

    private static final int TERMINAL_GROUP = 5;

    private @Nullable Process target;
    private final List<Caught> pending = new ArrayList<>();

    private Signals() {}

    /**
     * From now on this process gets them, and does not end of them. By reflection: javac warns of sun.misc.Signal and cannot
     * be told not to, and nothing else in the JDK handles signals.
     */
    static Signals take() {
        Signals signals = new Signals();
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Method handle = signal.getMethod("handle", signal, handler);
            Object proxy = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                        signals.got(Caught.of(arguments[0]));
                        return null;
                    });
            for (String name : NAMES) {
                take(signal.getConstructor(String.class), handle, name, proxy);
            }
        } catch (ReflectiveOperationException notThisJdk) {
            throw new IllegalStateException("this JDK does not hand over signals", notThisJdk);
        }
        return signals;
    }

    private static void take(Constructor<?> signal, Method handle, String name, Object handler)
            throws ReflectiveOperationException {
        try {
            handle.invoke(null, signal.newInstance(name), handler);
        } catch (InvocationTargetException notHere) {
            // The JVM's own, or unknown to the system.
            if (!(notHere.getCause() instanceof IllegalArgumentException)) {
                throw notHere;
            }
        }
    }

    private record Caught(String name, int number) {
        static Caught of(Object signal) throws ReflectiveOperationException {
            return new Caught((String) signal.getClass().getMethod("getName").invoke(signal), (int)
                    signal.getClass().getMethod("getNumber").invoke(signal));
        }
    }

    /** The number of one that came while there was nobody to hand it to; 0 if none did. */
    synchronized int pending() {
        return pending.isEmpty() ? 0 : pending.get(0).number();
    }

    /** To whom they go, and what has come already. */
    synchronized void passTo(Process process) {
        target = process;
        for (Caught signal : pending) {
            pass(signal, process);
        }
    }

    private synchronized void got(Caught signal) {
        Process process = target;
        if (process == null) {
            pending.add(signal);
        } else {
            pass(signal, process);
        }
    }

    private static void pass(Caught signal, Process process) {
        if (process.isAlive() && !(signal.name().equals("INT") && isTyped())) {
            send(signal, process);
        }
    }

    private static void send(Caught signal, Process process) {
        if (signal.name().equals("TERM")) {
            process.destroy();
            return;
        }
        try {
            // A command of the shell itself: small systems have no program of that name.
            new ProcessBuilder("/bin/sh", "-c", "kill -s \"$0\" \"$1\"", signal.name(), Long.toString(process.pid()))
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start();
        } catch (IOException noShell) {
            process.destroy();
        }
    }

    /**
     * Whether this process is in the foreground of a terminal, which sends what is typed there to the other one as well:
     * many programs take a second one for "at once".
     */
    private static boolean isTyped() {
        try {
            String status = Files.readString(SELF);
            String[] fields = status.substring(status.lastIndexOf(')') + 2).split(" ", TERMINAL_GROUP + 2);
            return fields[PROCESS_GROUP].equals(fields[TERMINAL_GROUP]);
        } catch (IOException noProc) {
            return Terminal.isConsole();
        }
    }
}
