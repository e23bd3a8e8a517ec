package no.sertsynk.service.systemd;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;

/** Sends datagrams to a Unix socket, which Java has no call for. Linux alone. Safe for threads. */
final class DatagramSocket implements AutoCloseable {
    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int MSG_NOSIGNAL = 0x4000;
    /** Room of sockaddr_un.sun_path, unix(7). */
    private static final int LONGEST_PATH = 108;

    private static final int FAMILY_BYTES = 2;

    private final String address;
    private final int descriptor;

    private DatagramSocket(String address, int descriptor) {
        this.address = address;
        this.descriptor = descriptor;
    }

    /** @param address an absolute path, or an abstract name with an at sign in front */
    static DatagramSocket open(String address) throws IOException {
        int length = address.getBytes(StandardCharsets.UTF_8).length;
        if (!(address.startsWith("/") || address.startsWith("@")) || length < 2 || length >= LONGEST_PATH) {
            throw new IOException("expected the path or abstract name of a socket, found '" + address + "'");
        }
        int descriptor = (int) call(
                "socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT), (function, arena, error) ->
                        (int) function.invokeExact(error, AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
        return new DatagramSocket(address, descriptor);
    }

    void send(String message) throws IOException {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        call(
                "sendto",
                FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT),
                (function, arena, error) -> {
                    MemorySegment to = address(arena);
                    return (long) function.invokeExact(
                            error,
                            descriptor,
                            arena.allocateFrom(JAVA_BYTE, bytes),
                            (long) bytes.length,
                            MSG_NOSIGNAL,
                            to,
                            (int) to.byteSize());
                });
    }

    /** A sockaddr_un: an abstract name begins with a zero byte and ends where the length says. */
    private MemorySegment address(Arena arena) {
        byte[] path = address.getBytes(StandardCharsets.UTF_8);
        boolean isAbstract = address.startsWith("@");
        if (isAbstract) {
            path[0] = 0;
        }
        MemorySegment to = arena.allocate(FAMILY_BYTES + path.length + (isAbstract ? 0L : 1L), 2);
        to.set(JAVA_SHORT, 0, (short) AF_UNIX);
        MemorySegment.copy(path, 0, to, JAVA_BYTE, FAMILY_BYTES, path.length);
        return to;
    }

    @Override
    public void close() throws IOException {
        call("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT), (function, arena, error) ->
                (int) function.invokeExact(error, descriptor));
    }

    private interface Call {
        long run(MethodHandle function, Arena arena, MemorySegment error) throws Throwable;
    }

    private static long call(String name, FunctionDescriptor signature, Call call) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment error = arena.allocate(Linker.Option.captureStateLayout());
            Linker linker = Linker.nativeLinker();
            MemorySegment function =
                    linker.defaultLookup().find(name).orElseThrow(() -> new UnsatisfiedLinkError(name));
            MethodHandle handle = linker.downcallHandle(function, signature, Linker.Option.captureCallState("errno"));
            long result = call.run(handle, arena, error);
            if (result < 0) {
                long offset =
                        Linker.Option.captureStateLayout().byteOffset(MemoryLayout.PathElement.groupElement("errno"));
                throw new IOException(name + " failed with errno " + error.get(JAVA_INT, offset));
            }
            return result;
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException("the C library's " + name + " cannot be called", e);
        }
    }
}
