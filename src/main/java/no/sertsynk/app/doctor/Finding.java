package no.sertsynk.app.doctor;

/** One thing that a check has found. The texts may hold what files and servers say; whoever shows them escapes them. */
public sealed interface Finding {
    /** What was found, in one line. */
    String message();

    /** As it should be. */
    record Ok(String message) implements Finding {}

    /**
     * It may work so, or could not be looked at.
     *
     * @param remedy what to do, in one line
     */
    record Warning(String message, String remedy) implements Finding {}

    /** It does not work so. */
    record Error(String message, String remedy) implements Finding {}
}
