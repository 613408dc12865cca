import AbsenceModel
import Announcements
import NIOCore
import NIOPosix

/// The course of a call.
extension CallDesk {
    /// Looks at what is asked for, and has it made.
    func takeIn(_ invite: SIPRequest, from source: Endpoint) {
        let message = invite.message
        let extensions = message.all("require")
        guard extensions.isEmpty else {
            return refuse(invite, .badExtension, from: source) {
                $0.add("unsupported", extensions.joined(separator: ", "))
            }
        }
        let today = WallClock(at: settings.now(), in: settings.timeZone).date
        guard let uri = SIPURI(invite.uri),
            let request = RequestedAnnouncement(
                uri,
                today: today,
                defaultLanguage: settings.language
            )
        else { return refuse(invite, .noSuchAnnouncement, from: source) }

        var offer: SessionOffer?
        if !message.body.isEmpty {
            let type = SIPText.cut(message.first("content-type") ?? "", at: ";").0.lowercased()
            guard type == "application/sdp" else {
                return refuse(invite, .unsupportedMedia, from: source) {
                    $0.add("accept", "application/sdp")
                }
            }
            offer = SessionOffer(message.body)
            guard offer != nil else { return refuse(invite, .notAcceptable, from: source) }
        }
        guard hasPlace else {
            return refuse(invite, .busy, from: source)
        }
        let call = Call(invite, request, offer, from: source)
        calls[invite.dialog] = call
        send(call.answer, answering: invite, from: source)
        prepare(call)
    }

    /// Whether another call can be taken in. Those that are over take up memory for a while, so of
    /// them there is a bound as well: callers who come and go at once would fill it.
    private var hasPlace: Bool {
        calls.count < settings.mostCalls * 20
            && calls.values.count(where: \.isLive) < settings.mostCalls
    }

    private func prepare(_ call: Call) {
        guard let loop = channel?.eventLoop else { return }
        let speak = settings.speak
        let announcement = call.request.announcement
        let law = call.law
        let host = (channel?.localAddress).flatMap(Endpoint.init)?.host ?? here.host
        let ports = settings.mediaPorts
        loop.makeFutureWithTask {
            let sound = try await speak(announcement, law)
            return (sound, try await Self.openMedia(on: loop, host: host, ports: ports))
        }.assumeIsolated().whenComplete { [self] result in
            switch result {
            case .success((let spoken, let media)):
                guard call.stage == .preparing else { return media.close(promise: nil) }
                call.sound = call.request.sound(spoken: spoken, law)
                call.media = media
                accept(call)
            case .failure(let error):
                guard call.stage == .preparing else { return }
                settings.complain("a call could not be answered: \(error)")
                refuseLate(call, .serverError)
                finish(call, .failed)
            }
        }
    }

    /// A port to send from. Whatever comes in there is left to the kernel to drop.
    private static func openMedia(
        on loop: any EventLoop,
        host: String,
        ports: ClosedRange<Int>?
    ) async throws -> any Channel {
        let bootstrap = DatagramBootstrap(group: loop).channelOption(.autoRead, value: false)
        guard let ports else { return try await bootstrap.bind(host: host, port: 0).get() }
        for port in ports.shuffled().prefix(20) {
            if let media = try? await bootstrap.bind(host: host, port: port).get() { return media }
        }
        return try await bootstrap.bind(host: host, port: ports.lowerBound).get()
    }

    private func accept(_ call: Call) {
        guard let loop = channel?.eventLoop, let port = call.media?.localAddress?.port else {
            return
        }
        let place = Endpoint(host: here.host, port: port)
        var answer = call.invite.response(.ok, tag: call.tag, to: call.source)
        answer.add("contact", "<sip:annc@\(here.description)>")
        answer.add("allow", Self.methods)
        answer.add("x-announcement", SIPText.escaped(call.request.announcement.text))
        answer.add("content-type", "application/sdp")
        answer.body =
            call.offer?.answer(from: place, session: call.session)
            ?? SessionDescription.written(
                SessionDescription.head(place, session: call.session)
                    + SessionDescription.stream(place, call.law, call.law.payloadType)
            )
        call.answer = answer
        call.stage = .answered
        call.sending = Retransmission(on: loop) { [self] in
            send(call.answer, answering: call.invite, from: call.source)
        } gaveUp: { [self] in
            finish(call, .notAcknowledged)
            leave(call)
        }
    }

    func acknowledge(_ request: SIPRequest, _ call: Call) {
        guard request.sequence == call.invite.sequence, request.toTag == call.tag else { return }
        switch call.stage {
        case .answered: play(call, answer: request.message.body)
        case .refused:
            call.silence()
            keepAWhile(call)
        default: break
        }
    }

    private func play(_ call: Call, answer: [UInt8]) {
        call.sending?.stop()
        call.sending = nil
        guard let offer = call.offer ?? SessionOffer(answer), offer.law == call.law,
            let destination = offer.destination.address, let media = call.media
        else {
            finish(call, .noSound)
            return leave(call)
        }
        call.stage = .playing
        let stream = SoundStream(
            call.sound,
            call.law,
            payloadType: offer.payloadType,
            to: destination,
            by: media
        ) { [self] in
            finish(call, .played)
            leave(call)
        }
        call.stream = stream
        stream.start()
    }

    /// Hangs up.
    private func leave(_ call: Call) {
        guard let loop = channel?.eventLoop else { return }
        call.silence()
        call.stage = .leaving
        let (bye, place) = call.bye(from: here)
        call.sending = Retransmission(on: loop) { [self] in
            send(bye, to: place)
        } gaveUp: { [self] in
            keepAWhile(call)
        }
    }

    /// An answer to a BYE of ours.
    func answered(_ message: SIPMessage, status: Int) {
        guard status >= 200, let callID = message.first("call-id"),
            let branch = message.all("via").first.flatMap(SIPVia.init)?.branch, !branch.isEmpty
        else { return }
        let key = DialogKey(
            callID: callID,
            callerTag: SIPText.parameters(message.first("to") ?? "")["tag"] ?? ""
        )
        guard let call = calls[key], call.stage == .leaving, call.byeBranch == branch else {
            return
        }
        keepAWhile(call)
    }

    func hangUp(_ request: SIPRequest, _ call: Call?, from source: Endpoint) {
        guard let call, request.toTag == call.tag else {
            return refuse(request, .noSuchCall, from: source)
        }
        send(request.response(.ok, to: source), answering: request, from: source)
        switch call.stage {
        case .answered, .playing:
            finish(call, .callerHungUp)
            keepAWhile(call)
        case .leaving: keepAWhile(call)
        case .preparing, .refused, .over: break
        }
    }

    func cancel(_ request: SIPRequest, _ call: Call?, from source: Endpoint) {
        guard let call, request.sequence == call.invite.sequence,
            request.topVia.branch == call.invite.topVia.branch
        else { return refuse(request, .noSuchCall, from: source) }
        send(request.response(.ok, tag: call.tag, to: source), answering: request, from: source)
        // Once the call is answered, only BYE ends it (9.2).
        guard call.stage == .preparing else { return }
        refuseLate(call, .terminated)
        finish(call, .cancelled)
    }

    /// Refuses a call that was told to wait: that is sent until it is acknowledged.
    private func refuseLate(_ call: Call, _ status: SIPStatus) {
        guard let loop = channel?.eventLoop else { return }
        call.silence()
        call.stage = .refused
        call.answer = call.invite.response(status, tag: call.tag, to: call.source)
        call.sending = Retransmission(on: loop) { [self] in
            send(call.answer, answering: call.invite, from: call.source)
        } gaveUp: { [self] in
            keepAWhile(call)
        }
    }

    private func finish(_ call: Call, _ end: FinishedCall.End) {
        settings.record(FinishedCall(call, end, at: settings.now()).line)
    }

    /// Remembers the call as long as messages of it may be under way.
    private func keepAWhile(_ call: Call) {
        call.silence()
        call.stage = .over
        channel?.eventLoop.assumeIsolated().scheduleTask(in: Retransmission.lifetime) { [self] in
            if calls[call.invite.dialog] === call { calls[call.invite.dialog] = nil }
        }
    }

    /// Ends every call, without waiting for answers.
    func close() {
        for call in calls.values where call.isLive {
            switch call.stage {
            case .preparing:
                call.answer = call.invite.response(.unavailable, tag: call.tag, to: call.source)
                send(call.answer, answering: call.invite, from: call.source)
            case .answered, .playing:
                let (bye, place) = call.bye(from: here)
                send(bye, to: place)
            case .refused, .leaving, .over: break
            }
            finish(call, .stopped)
        }
        calls.values.forEach { $0.silence() }
        calls = [:]
    }
}
