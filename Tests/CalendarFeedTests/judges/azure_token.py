"""Fetches tokens from the simulator with azure-identity 1.27.0, unmodified, and prints how each
way ended.

    azure_token.py https://127.0.0.1:PORT CERTIFICATE KEY_AND_CERTIFICATE
"""

import sys

from azure.core.exceptions import ClientAuthenticationError
from azure.core.pipeline.transport import RequestsTransport
from azure.identity import CertificateCredential, ClientSecretCredential

ROOT, CERTIFICATE, OWN = sys.argv[1:4]
CLIENT = ("exempel.example", "kalenderkoppling")


def options():
    return {
        "authority": ROOT, "disable_instance_discovery": True,
        "transport": RequestsTransport(connection_verify=CERTIFICATE),
    }


for name, credential in {
    "certificate": CertificateCredential(*CLIENT, certificate_path=OWN, **options()),
    "secret": ClientSecretCredential(*CLIENT, "secret-of-tests", **options()),
    "wrong secret": ClientSecretCredential(*CLIENT, "wrong", **options()),
    "wrong client": ClientSecretCredential(CLIENT[0], "other", "secret-of-tests", **options()),
}.items():
    try:
        token = credential.get_token("https://graph.microsoft.com/.default").token
        print(f"{name}: {token.split('.')[1]}")
    except ClientAuthenticationError as failure:
        print(f"{name}: {str(failure).split('AADSTS')[1].split(':')[0]}")
