package io.tempfile4j.frameworks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** An upload of 8,000,000 bytes in chunks, which the test sends when it wants to. */
final class SlowUpload implements Closeable {

    static final int SIZE = 8_000_000;

    private static final int CHUNK = 80_000;
    private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(30);
    private static final String BOUNDARY = "boundary-of-the-test";

    private final Socket socket;
    private final OutputStream out;
    private final boolean multipart;
    private int sent;

    SlowUpload(int port, String path, boolean multipart) throws IOException {
        this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
        this.out = socket.getOutputStream();
        this.multipart = multipart;
        String type = multipart ? "multipart/form-data; boundary=" + BOUNDARY : "application/octet-stream";
        out.write(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: " + type
                        + "\r\nTransfer-Encoding: chunked\r\n\r\n")
                .getBytes(US_ASCII));
        if (multipart) {
            chunk(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"upload.bin\"\r\n"
                            + "Content-Type: application/octet-stream\r\n\r\n")
                    .getBytes(US_ASCII));
        }
    }

    private void chunk(byte[] content) throws IOException {
        out.write((Integer.toHexString(content.length) + "\r\n").getBytes(US_ASCII));
        out.write(content);
        out.write("\r\n".getBytes(US_ASCII));
        out.flush();
    }

    /** Sends the first half at once. */
    void sendHalf() throws IOException {
        while (sent < SIZE / 2) {
            sendChunk();
        }
    }

    /** Sends the other half in a time in which a server that is asked to end would long have ended. */
    void sendRestSlowly() throws IOException {
        while (sent < SIZE) {
            sendChunk();
            LockSupport.parkNanos(PACE_NANOS);
        }
        if (multipart) {
            chunk(("\r\n--" + BOUNDARY + "--\r\n").getBytes(US_ASCII));
        }
        out.write("0\r\n\r\n".getBytes(US_ASCII));
        out.flush();
    }

    private void sendChunk() throws IOException {
        byte[] content = new byte[CHUNK];
        java.util.Arrays.fill(content, (byte) 'x');
        chunk(content);
        sent += CHUNK;
    }

    /** The status and the last line of the response. */
    String response() throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
        String status = reader.readLine();
        String last = "";
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            last = line.isBlank() || line.equals("0") ? last : line;
        }
        return status + " " + last;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
