/** `138****0001`; a landline keeps its area code and last two digits. */
export function maskPhone(phone: string | null | undefined): string | null {
  if (!phone) return null
  const mobile = /^(1\d{2})\d{4}(\d{4})$/.exec(phone)
  if (mobile) return `${mobile[1]}****${mobile[2]}`
  return phone.length > 6 ? `${phone.slice(0, phone.length - 6)}****${phone.slice(-2)}` : '****'
}
