package io.tempfile4j.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Runs each command once, unseen, for an archive of the classes that they need: {@code ./tempfile4j} makes one. */
final class Rehearsal {

    private Rehearsal() {}

    public static void main(String[] args) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        System.setOut(nowhere);
        System.setErr(nowhere);
        // First what wants native calls: the first decides for the process.
        String[][] commands = {
            {"doctor", "--json"},
            {"doctor"},
            {"ls", "--json"},
            {"reap", "--dry-run"},
            {"mktemp", "--dry-run", "--explain"},
            {"mktemp", "too-few.XX"},
            {"run", "true"},
            {"--help"},
            {"--version"}
        };
        for (String[] command : commands) {
            Main.commandLine(command).execute(command);
        }
        System.exit(0);
    }
}
