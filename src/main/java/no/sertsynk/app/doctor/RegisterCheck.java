package no.sertsynk.app.doctor;

import java.util.List;
import no.sertsynk.app.doctor.RegisterTalk.Heard;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;

/** Whether the register answers, and accepts the account. */
public final class RegisterCheck implements Check {
    private final RegisterTalk talk;

    public RegisterCheck(RegisterTalk talk) {
        this.talk = talk;
    }

    @Override
    public String topic() {
        return "register";
    }

    @Override
    public List<Finding> look() throws InterruptedException {
        return List.of(finding(talk.listen()));
    }

    private static Finding finding(Heard heard) {
        if (heard.failure().isEmpty()) {
            return new Finding.Ok(heard.party()
                    .map(name -> Sentence.of("the register answers, accepts the account and knows {0}", name))
                    .orElse("the register answers and accepts the account"));
        }
        Reason reason = heard.failure().get();
        if (heard.refused()) {
            return new Finding.Error(
                    reason.message(), "compare user name and password with what Norsk helsenett has given you");
        }
        return reason.code() == ReasonCode.PARTY_UNKNOWN
                ? new Finding.Warning(
                        reason.message(), "correct the HER-id under parties, or the environment (test or production)")
                : new Finding.Error(
                        reason.message(),
                        "look whether a firewall or proxy (network.proxy) is between this host and the register");
    }
}
