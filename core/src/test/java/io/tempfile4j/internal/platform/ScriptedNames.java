package io.tempfile4j.internal.platform;

import java.util.List;

/** Names whose random parts a test decides, for one thread. */
public final class ScriptedNames {

    /** As {@link Names} has it: a byte below 36 stands for the character at that index. */
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";

    private final List<String> parts;
    private int part;
    private int character;

    private ScriptedNames(List<String> parts) {
        this.parts = parts;
    }

    /**
     * Names with these random parts, one after the other, and then with the last one for ever.
     *
     * @param randomParts as long as the pattern's random part
     */
    public static Names of(String... randomParts) {
        ScriptedNames script = new ScriptedNames(List.of(randomParts));
        return new Names(new Entropy(script::fill));
    }

    private void fill(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = next();
        }
    }

    private byte next() {
        String current = parts.get(part);
        byte value = (byte) ALPHABET.indexOf(current.charAt(character++));
        if (character == current.length()) {
            character = 0;
            part = Math.min(part + 1, parts.size() - 1);
        }
        return value;
    }
}
