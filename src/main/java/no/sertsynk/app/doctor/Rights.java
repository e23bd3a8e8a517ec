package no.sertsynk.app.doctor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import no.sertsynk.keystore.file.FileAccess;

/** Decides as the kernel does who may do what with a file (acl(5), "Access check algorithm"). Pure. */
final class Rights {
    private static final int USER = 0x02;
    private static final int GROUP_OWNER = 0x04;
    private static final int GROUP = 0x08;
    private static final int MASK = 0x10;
    private static final int HEADER_BYTES = 4;
    private static final int ENTRY_BYTES = 8;

    private Rights() {}

    /** What may be done; a folder is entered with {@link #ENTER}. */
    enum Wish {
        READ(4),
        WRITE(2),
        ENTER(1),
        /** To make and remove files in a folder. */
        CHANGE(3);

        private final int bits;

        Wish(int bits) {
            this.bits = bits;
        }

        boolean isIn(int granted) {
            return (granted & bits) == bits;
        }
    }

    /** An entry of an extended list. */
    private record Entry(int tag, int bits, int id) {}

    static boolean allows(FileAccess access, Account who, Wish wish) {
        int mode = access.mode();
        if (who.isRoot()) {
            return true;
        }
        if (who.uid() == access.owner()) {
            return wish.isIn(mode >> 6);
        }
        List<Entry> list = access.list().map(Rights::entries).orElse(List.of());
        if (list.isEmpty()) {
            return wish.isIn(who.gids().contains(access.group()) ? mode >> 3 : mode);
        }
        return byList(list, access, who, wish);
    }

    private static boolean byList(List<Entry> list, FileAccess access, Account who, Wish wish) {
        int mask = list.stream()
                .filter(entry -> entry.tag == MASK)
                .mapToInt(Entry::bits)
                .findFirst()
                .orElse(7);
        for (Entry entry : list) {
            if (entry.tag == USER && entry.id == who.uid()) {
                return wish.isIn(entry.bits & mask);
            }
        }
        List<Entry> groups = list.stream()
                .filter(entry -> (entry.tag == GROUP_OWNER && who.gids().contains(access.group()))
                        || (entry.tag == GROUP && who.gids().contains(entry.id)))
                .toList();
        return groups.isEmpty()
                ? wish.isIn(access.mode())
                : groups.stream().anyMatch(entry -> wish.isIn(entry.bits & mask));
    }

    /** Users and groups that the list names beside owner and group, and that may read. */
    static List<Integer> namedReaders(FileAccess access, boolean groups) {
        List<Entry> list = access.list().map(Rights::entries).orElse(List.of());
        int mask = list.stream()
                .filter(entry -> entry.tag == MASK)
                .mapToInt(Entry::bits)
                .findFirst()
                .orElse(7);
        return list.stream()
                .filter(entry -> entry.tag == (groups ? GROUP : USER) && Wish.READ.isIn(entry.bits & mask))
                .map(Entry::id)
                .toList();
    }

    /** As the kernel keeps them: a version, then tag, permissions and number of each (linux/posix_acl_xattr.h). */
    private static List<Entry> entries(ByteBuffer list) {
        ByteBuffer bytes = list.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        List<Entry> entries = new ArrayList<>();
        int start = bytes.position() + HEADER_BYTES;
        for (int at = start; at + ENTRY_BYTES <= bytes.limit(); at += ENTRY_BYTES) {
            entries.add(new Entry(bytes.getShort(at), bytes.getShort(at + 2), bytes.getInt(at + 4)));
        }
        return entries;
    }
}
