/* global self, caches */
/* The service worker: the pages of a check open without a network. Everything else goes its usual way. */
const CACHE = 'anbiao-__VERSION__'
const FILES = ['__FILES__']
const SHELL = '/index.html'
const OFFLINE = /^\/(my-checks|do-check|card)(\/|$)/

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(CACHE)
      .then((cache) => cache.addAll([SHELL, '/favicon.svg', ...FILES].map((file) => new Request(file, { cache: 'no-cache' }))))
      .then(() => self.skipWaiting()),
  )
})

/* One older build stays, for the windows that still run it. */
self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => names.filter((name) => name.startsWith('anbiao-') && name !== CACHE))
      .then((old) => Promise.all(old.slice(0, -1).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  )
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const { pathname, origin } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin) return
  if (request.mode === 'navigate' && OFFLINE.test(pathname)) event.respondWith(page(request))
  else if (pathname.startsWith('/assets/')) event.respondWith(asset(request))
})

/* The newest page when there is a network that answers in time, else the one that is kept. */
async function page(request) {
  const kept = () => caches.match(SHELL)
  const late = new Promise((done) => setTimeout(() => done(kept()), 4000))
  return (await Promise.race([fetch(request).catch(kept), late])) ?? fetch(request)
}

/* Built files never change under their name. */
async function asset(request) {
  return (await caches.match(request)) ?? fetch(request)
}
