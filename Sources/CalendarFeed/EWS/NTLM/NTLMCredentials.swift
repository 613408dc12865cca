import CLibGSS
import Foundation
import Web

/// A user and a password, as the GSSAPI mechanism `gss-ntlmssp` holds them ([MS-NLMP]).
///
/// Unchecked: the handles are written once and read by functions that may be called side by side
/// (MIT krb5, gssapi, thread safety).
final class NTLMCredentials: @unchecked Sendable {
    private let credential: gss_cred_id_t
    private let target: gss_name_t

    /// - Parameters:
    ///   - user: `DOMAIN\user`, or a user principal name such as `user@domain`.
    ///   - host: the server's name.
    /// - Throws: ``RemoteFailure`` where the mechanism is not installed, or takes no such user.
    init(user: String, password: String, host: String) throws(RemoteFailure) {
        // So the mechanism writes a principal name that it is not to take apart.
        let name = user.contains("\\") ? user : user.replacing("@", with: "\\@")
        guard var userName = GSS.name(name, GSS.userName) else { throw Self.unusable }
        defer { GSS.release(&userName) }
        guard let target = GSS.name("HTTP@\(host)", GSS.hostBasedService) else {
            throw Self.unusable
        }
        self.target = target
        var minor: OM_uint32 = 0
        var credential: gss_cred_id_t?
        let major = GSS.withIdentifier(GSS.mechanism) { mechanism in
            GSS.withBuffer(Array(password.utf8)) { password in
                var mechanisms = gss_OID_set_desc(count: 1, elements: mechanism)
                return gss_acquire_cred_with_password(
                    &minor,
                    userName,
                    password,
                    GSS.indefinite,
                    &mechanisms,
                    GSS_C_INITIATE,
                    &credential,
                    nil,
                    nil
                )
            }
        }
        guard !GSS.isError(major), let credential else { throw Self.unusable }
        self.credential = credential
    }

    deinit {
        var minor: OM_uint32 = 0
        var credential: gss_cred_id_t? = credential
        var target: gss_name_t? = target
        gss_release_cred(&minor, &credential)
        gss_release_name(&minor, &target)
    }

    /// A new handshake, for one connection.
    func handshake() -> NTLMHandshake {
        NTLMHandshake(self)
    }

    /// One step of a handshake: takes in the server's token and makes ours.
    fileprivate func step(
        _ context: inout gss_ctx_id_t?,
        answering challenge: [UInt8],
        binding: [UInt8]?
    ) -> (major: OM_uint32, token: [UInt8]) {
        var minor: OM_uint32 = 0
        var output = gss_buffer_desc()
        defer { gss_release_buffer(&minor, &output) }
        var step: OM_uint32 = 0
        let major = GSS.withIdentifier(GSS.mechanism) { mechanism in
            GSS.withBuffer(challenge) { input in
                GSS.withBinding(binding) { bindings in
                    gss_init_sec_context(
                        &step,
                        credential,
                        &context,
                        target,
                        mechanism,
                        0,
                        0,
                        bindings,
                        challenge.isEmpty ? nil : input,
                        nil,
                        &output,
                        nil,
                        nil
                    )
                }
            }
        }
        return (major, Array(UnsafeRawBufferPointer(start: output.value, count: output.length)))
    }

    private static let unusable = RemoteFailure(
        .refused,
        "NTLM cannot be used: is the package gss-ntlmssp installed, and the user written as "
            + "DOMAIN\\user or user@domain?"
    )
}

/// The three messages by which NTLM lets a connection in.
final class NTLMHandshake {
    private let credentials: NTLMCredentials
    private var context: gss_ctx_id_t?

    fileprivate init(_ credentials: NTLMCredentials) {
        self.credentials = credentials
    }

    deinit {
        var minor: OM_uint32 = 0
        gss_delete_sec_context(&minor, &context, nil)
    }

    /// The first message (NEGOTIATE_MESSAGE).
    func opening() throws(RemoteFailure) -> [UInt8] {
        try token(answering: [], binding: nil)
    }

    /// The third message (AUTHENTICATE_MESSAGE), which is worth nothing on another connection.
    ///
    /// - Parameters:
    ///   - challenge: the server's message.
    ///   - binding: the `tls-server-end-point` of the connection (RFC 5929 4), or nil without TLS.
    func response(to challenge: [UInt8], binding: [UInt8]?) throws(RemoteFailure) -> [UInt8] {
        try token(answering: challenge, binding: binding)
    }

    private func token(
        answering challenge: [UInt8],
        binding: [UInt8]?
    ) throws(RemoteFailure) -> [UInt8] {
        let (major, token) = credentials.step(&context, answering: challenge, binding: binding)
        guard !GSS.isError(major), !token.isEmpty else {
            throw RemoteFailure(
                .refused,
                "the NTLM handshake failed (GSSAPI status \(major)): does the server offer NTLMv2?"
            )
        }
        return token
    }
}

/// What of the GSSAPI (RFC 2744) Swift cannot import.
private enum GSS {
    static let indefinite = OM_uint32.max

    /// Calling and routine errors stand in the upper half (RFC 2744 3.9.1).
    static func isError(_ status: OM_uint32) -> Bool {
        status & 0xFFFF_0000 != 0
    }

    /// GSS_C_NT_USER_NAME (RFC 2744 4.1).
    static let userName: [UInt8] = [
        0x2A, 0x86, 0x48, 0x86, 0xF7, 0x12, 0x01, 0x02, 0x01, 0x01,
    ]
    /// GSS_C_NT_HOSTBASED_SERVICE (RFC 2744 4.1).
    static let hostBasedService: [UInt8] = [
        0x2A, 0x86, 0x48, 0x86, 0xF7, 0x12, 0x01, 0x02, 0x01, 0x04,
    ]
    /// NTLMSSP, 1.3.6.1.4.1.311.2.2.10.
    static let mechanism: [UInt8] = [
        0x2B, 0x06, 0x01, 0x04, 0x01, 0x82, 0x37, 0x02, 0x02, 0x0A,
    ]

    static func name(_ text: String, _ type: [UInt8]) -> gss_name_t? {
        var minor: OM_uint32 = 0
        var name: gss_name_t?
        let major = withIdentifier(type) { type in
            withBuffer(Array(text.utf8)) { gss_import_name(&minor, $0, type, &name) }
        }
        return isError(major) ? nil : name
    }

    static func release(_ name: inout gss_name_t) {
        var minor: OM_uint32 = 0
        var released: gss_name_t? = name
        gss_release_name(&minor, &released)
    }

    static func withIdentifier<Result>(_ bytes: [UInt8], _ body: (gss_OID) -> Result) -> Result {
        var bytes = bytes
        return bytes.withUnsafeMutableBytes { bytes in
            var identifier = gss_OID_desc(
                length: OM_uint32(bytes.count),
                elements: bytes.baseAddress
            )
            return body(&identifier)
        }
    }

    /// With a zero behind the bytes: the mechanism reads a password as a C string, beyond the
    /// length that it is told.
    static func withBuffer<Result>(_ bytes: [UInt8], _ body: (gss_buffer_t) -> Result) -> Result {
        var terminated = bytes + [0]
        return terminated.withUnsafeMutableBytes { memory in
            var buffer = gss_buffer_desc(length: bytes.count, value: memory.baseAddress)
            return body(&buffer)
        }
    }

    /// Windows takes the address types for none, which are zero (RFC 5929 4 has no addresses).
    static func withBinding<Result>(
        _ binding: [UInt8]?,
        _ body: (gss_channel_bindings_t?) -> Result
    ) -> Result {
        guard let binding else { return body(nil) }
        return withBuffer(binding) { data in
            var bindings = gss_channel_bindings_struct()
            bindings.application_data = data.pointee
            return body(&bindings)
        }
    }
}
