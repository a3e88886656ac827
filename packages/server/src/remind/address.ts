import { lookup } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'
import { Refusal } from '../shared/refusal.js'
import type { Outside } from './outside.js'

/** Where nothing of the wide world lives: loopback, private, link-local, shared, documentation, multicast, reserved. */
const INWARD = new BlockList()
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  INWARD.addSubnet(net, bits, 'ipv4')
for (const [net, bits] of [
  ['::', 96],
  ['64:ff9b::', 96],
  ['100::', 64],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  INWARD.addSubnet(net, bits, 'ipv6')

/** An IPv4 address dressed as an IPv6 one is judged as what it is. */
export const isInward = (address: string): boolean => {
  const plain = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address
  return INWARD.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4') || /^::ffff:/i.test(plain)
}

const hostOf = ({ hostname }: URL) => hostname.replace(/^\[|\]$/g, '')

/** What may be typed in as a target; who answers under a name is looked up anew whenever something is sent. */
export function needTarget(typed: string, { hookTargets }: Pick<Outside, 'hookTargets'>): URL {
  const url = URL.canParse(typed.trim()) ? new URL(typed.trim()) : undefined
  const refused = (sentence: string) => new Refusal('HOOK_TARGET', sentence, { field: 'url' })
  const open = hookTargets === 'any'
  if (!url || !(url.protocol === 'https:' || (open && url.protocol === 'http:'))) throw refused('请填写 https:// 开头的完整地址')
  if (url.username || url.password) throw refused('地址里不能带用户名和密码')
  const host = hostOf(url)
  if (!open && ((isIP(host) && isInward(host)) || /(^|\.)(localhost|local|internal)$/i.test(host)))
    throw refused('不能通知内网地址；确有需要的，由管理员在服务器上放开')
  return url
}

/** The address to connect to, looked up and judged; connecting to this very one leaves no time for the name to change its mind. */
export async function addressOf(url: URL, { hookTargets }: Pick<Outside, 'hookTargets'>): Promise<{ address: string; family: number }> {
  const host = hostOf(url)
  const found = isIP(host) ? [{ address: host, family: isIP(host) }] : await lookup(host, { all: true })
  if (hookTargets !== 'any' && found.some(({ address }) => isInward(address))) throw new Error('内网地址')
  return found[0]!
}
