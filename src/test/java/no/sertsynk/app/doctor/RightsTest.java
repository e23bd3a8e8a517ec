package no.sertsynk.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.app.doctor.Rights.Wish;
import no.sertsynk.keystore.file.FileAccess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RightsTest {
    private static final int OWNER = 100;
    private static final int GROUP = 200;
    private static final Account EPJ = new Account("epj", 300, Set.of(300, 301));

    private static FileAccess mode(int mode) {
        return new FileAccess(OWNER, GROUP, mode, Optional.empty());
    }

    /** A list with these entries of tag, permissions and number each. */
    private static FileAccess list(int mode, int... entries) {
        ByteBuffer bytes = ByteBuffer.allocate(4 + entries.length / 3 * 8).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(2);
        for (int i = 0; i < entries.length; i += 3) {
            bytes.putShort((short) entries[i]).putShort((short) entries[i + 1]).putInt(entries[i + 2]);
        }
        return new FileAccess(OWNER, GROUP, mode, Optional.of(bytes.flip().asReadOnlyBuffer()));
    }

    @ParameterizedTest
    @CsvSource({
        "100, 0, 0400, READ, true",
        "100, 0, 0077, READ, false",
        "1, 200, 0040, READ, true",
        "1, 200, 0707, READ, false",
        "1, 1, 0004, READ, true",
        "1, 1, 0770, READ, false",
        "1, 200, 0750, ENTER, true",
        "1, 200, 0750, CHANGE, false",
        "1, 200, 0730, CHANGE, true",
        "0, 0, 0000, WRITE, true"
    })
    void mode_decidesByOwnerElseGroupElseOthers(int uid, int gid, String mode, Wish wish, boolean expected) {
        Account who = new Account("who", uid, Set.of(gid));

        assertThat(Rights.allows(mode(Integer.parseInt(mode, 8)), who, wish)).isEqualTo(expected);
    }

    @Test
    void list_letsNamedUserReadWithinTheMask() {
        assertThat(Rights.allows(list(0640, 1, 6, -1, 2, 4, 300, 4, 4, -1, 0x10, 4, -1, 0x20, 0, -1), EPJ, Wish.READ))
                .isTrue();
        assertThat(Rights.allows(list(0600, 1, 6, -1, 2, 4, 300, 4, 4, -1, 0x10, 0, -1, 0x20, 0, -1), EPJ, Wish.READ))
                .isFalse();
        assertThat(Rights.namedReaders(list(0640, 2, 4, 300, 0x10, 4, -1), false))
                .containsExactly(300);
    }

    @Test
    void list_refusesANamedUserWhatOthersMay() {
        assertThat(Rights.allows(list(0644, 2, 0, 300, 0x10, 7, -1, 0x20, 4, -1), EPJ, Wish.READ))
                .isFalse();
    }

    @Test
    void list_letsAnyOfTheGroupsDecide() {
        assertThat(Rights.allows(list(0640, 8, 0, 300, 8, 4, 301, 0x10, 4, -1), EPJ, Wish.READ))
                .isTrue();
        assertThat(Rights.allows(list(0604, 8, 0, 300, 0x10, 4, -1), EPJ, Wish.READ))
                .isFalse();
        assertThat(Rights.namedReaders(list(0640, 8, 4, 301, 0x10, 4, -1), true))
                .containsExactly(301);
    }
}
