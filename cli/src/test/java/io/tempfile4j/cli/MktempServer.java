package io.tempfile4j.cli;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Runs {@code mktemp} once for each list of arguments that it reads, in one process: a JVM for each would take minutes. */
final class MktempServer {

    private MktempServer() {}

    public static void main(String[] args) throws IOException {
        DataInputStream requests = new DataInputStream(System.in);
        DataOutputStream replies = new DataOutputStream(System.out);
        while (true) {
            int count;
            try {
                count = requests.readInt();
            } catch (EOFException noMore) {
                return;
            }
            String[] arguments = new String[count];
            for (int i = 0; i < count; i++) {
                arguments[i] = requests.readUTF();
            }
            ByteArrayOutputStream output = new ByteArrayOutputStream();
            ByteArrayOutputStream error = new ByteArrayOutputStream();
            System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(error, true, StandardCharsets.UTF_8));
            replies.writeInt(Main.commandLine(arguments).execute(arguments));
            replies.writeUTF(output.toString(StandardCharsets.UTF_8));
            replies.writeUTF(error.toString(StandardCharsets.UTF_8));
            replies.flush();
        }
    }
}
