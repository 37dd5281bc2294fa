// Passkeys: asks the browser for one and puts its answer in the form. The forms are hidden until
// this module has seen that the browser can.

const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
const described = (list = []) => list.map((one) => ({ ...one, id: bytes(one.id) }));

async function create({ publicKey }) {
  const made = await navigator.credentials.create({
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      user: { ...publicKey.user, id: bytes(publicKey.user.id) },
      excludeCredentials: described(publicKey.excludeCredentials),
      authenticatorSelection: {
        ...publicKey.authenticatorSelection,
        residentKey: "required",
        requireResidentKey: true,
        userVerification: "required",
      },
    },
  });
  return answer(made, {
    attestationObject: text(made.response.attestationObject),
    transports: made.response.getTransports?.() ?? [],
  });
}

async function get({ publicKey }) {
  const found = await navigator.credentials.get({
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      allowCredentials: described(publicKey.allowCredentials),
      userVerification: "required",
    },
  });
  const { authenticatorData, signature, userHandle } = found.response;
  return answer(found, {
    authenticatorData: text(authenticatorData),
    signature: text(signature),
    userHandle: userHandle ? text(userHandle) : null,
  });
}

function answer(credential, response) {
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: { clientDataJSON: text(credential.response.clientDataJSON), ...response },
  };
}

async function options(form) {
  if (!form.dataset.ask) return JSON.parse(document.getElementById(form.dataset.options).textContent);
  const said = await fetch(form.dataset.ask, { headers: { Accept: "application/json" } });
  if (!said.ok) throw new Error("no answer");
  return said.json();
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    const failed = form.querySelector("[data-failed]");
    failed.hidden = true;
    try {
      const asked = await options(form);
      const ready = asked.creation_options ?? asked.request_options;
      const credential = await (form.dataset.passkey === "create" ? create(ready) : get(ready));
      form.elements.credential.value = JSON.stringify(credential);
      form.submit();
    } catch {
      failed.hidden = false; // said no, took too long, or the device has none
    }
  });
}
