package io.tempfile4j.cli;

import io.tempfile4j.NamedTemporaryFile;
import io.tempfile4j.TempSpace;
import io.tempfile4j.TemporaryDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A program that makes a file and a directory, says where, and holds them until its input ends. */
final class Holder {

    private Holder() {}

    public static void main(String[] args) throws IOException {
        TempSpace.Builder builder = TempSpace.builder().directory(Path.of(args[0]));
        TempSpace space = (args.length > 1 ? builder.randomLength(Integer.parseInt(args[1])) : builder).open();
        try (NamedTemporaryFile file = space.namedTemporaryFile("held-", ".dat");
                TemporaryDirectory directory = space.temporaryDirectory("held-", ".d")) {
            file.write(new byte[1000]);
            file.flush();
            Files.write(directory.resolve("content"), new byte[500]);
            System.out.println(file.path());
            System.out.println(directory.path());
            while (System.in.read() >= 0) {
                // Nobody writes anything.
            }
        }
    }
}
