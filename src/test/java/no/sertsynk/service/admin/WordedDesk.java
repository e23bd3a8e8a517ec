package no.sertsynk.service.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import no.sertsynk.model.HerId;

/** A desk that tells what it was asked. */
final class WordedDesk implements Desk {
    static final String RUN = "00000000-0000-0000-0000-000000000001";

    final List<Object> asked = new ArrayList<>();
    volatile boolean isWell = true;

    @Override
    public boolean isLive() {
        return isWell;
    }

    @Override
    public Readiness readiness() {
        return new Readiness(isWell, "{\"status\":\"told\"}");
    }

    @Override
    public Figures metrics() {
        return new Figures("text/plain; version=0.0.4", "figure 1\n");
    }

    @Override
    public synchronized String status(Form form) {
        asked.add(form);
        return form.json() ? "{\"what\":\"status\"}" : "status æ\n";
    }

    @Override
    public String parties() throws RefusedException {
        throw new RefusedException(503, "the state is gone");
    }

    @Override
    public synchronized String history(Optional<HerId> party, Form form) {
        asked.add(party);
        return "{\"what\":\"history\"}";
    }

    @Override
    public Optional<String> run(String runId, Form form) {
        return runId.equals(RUN) ? Optional.of("{\"runId\":\"" + RUN + "\"}") : Optional.empty();
    }

    @Override
    public synchronized String refresh(RefreshOrder order) {
        asked.add(order);
        return RUN;
    }

    @Override
    public synchronized String rollback(RollbackOrder order) {
        if (order.keystore().equals("broken")) {
            throw new IllegalStateException("secret of the inside");
        }
        asked.add(order);
        return "{\"what\":\"rollback\"}";
    }
}
