// Live progress of a job: server-sent events into the numbers that the page already shows.
const line = document.querySelector("[data-job-events]");
const source = new EventSource(line.dataset.jobEvents);

function show(job) {
  document.querySelector('[data-count="finished"]').textContent = job.finished;
  for (const part of job.hospitals) {
    const row = document.querySelector(`[data-hospital="${CSS.escape(part.hospital)}"]`);
    if (!row) continue;
    row.querySelector("progress").value = part.scored + part.excluded + part.failed;
    for (const count of ["scored", "excluded", "failed"]) row.querySelector(`[data-count="${count}"]`).textContent = part[count];
  }
}

source.addEventListener("progress", (event) => show(JSON.parse(event.data)));
source.addEventListener("done", (event) => {
  source.close();
  show(JSON.parse(event.data));
  location.reload(); // the page's actions depend on the state
});
