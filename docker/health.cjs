// Health check of a container: is the service in it ready? Node alone, because the image has no curl.
const TIMEOUT_MS = 4_000;

fetch(`http://127.0.0.1:${process.env.PORT}/health/ready`, { signal: AbortSignal.timeout(TIMEOUT_MS) })
  .then(async (response) => {
    if (response.ok) return;
    throw new Error(`${response.status} ${await response.text()}`);
  })
  .catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
