import { type Block, BLANK_DATE, closing, dateText, fields, gap, signing, table, text } from '../../paper/paper.js'
import { head } from './campaign.js'
import type { Subject, SubjectHazard, Wording } from './subject.js'

export const received = (...labels: string[]): Block => signing(...labels.map((label) => ({ label })), { label: '签收日期：', value: BLANK_DATE })
const RECEIVER = ['接收单位（盖章）：', '接收人（签字）：']
export const twoCopies = (what: string, other = '受送达单位'): Block => text(`备注：本${what}一式两份，一份交${other}，一份由签发单位存档。`, { size: 12 })
export const hazardOf = ({ hazard }: Subject): SubjectHazard => {
  if (!hazard) throw new Error('a letter of a hazard without one')
  return hazard
}
export const grade = (hazard: SubjectHazard) => (hazard.major ? '重大' : '一般')
const to = (whom: string) => text(`${whom}：`, { indent: false })

/** 问题清单: what is wrong, against what, and what is asked until when. */
export const problems = (hazard: SubjectHazard, dueOn: string | undefined): Block =>
  table(
    [
      { title: '序号', width: 3, align: 'centre' },
      { title: '部位', width: 5 },
      { title: '存在问题', width: 9 },
      { title: '违反条款', width: 6 },
      { title: '等级', width: 3, align: 'centre' },
      { title: '整改要求', width: 8 },
      { title: '整改期限', width: 5, align: 'centre' },
    ],
    [['1', hazard.place, hazard.description, hazard.basis || '—', grade(hazard), hazard.demand || '按有关规定整改到位', dateText(dueOn).trim()]],
  )

/** 整改通知书 (guidance; domain.md §7.3): a reminder of a station or the town, never a statutory order. */
export function rectification(subject: Subject): Wording {
  const hazard = hazardOf(subject)
  const name = '安全生产隐患整改通知书'
  return {
    title: name,
    blocks: [
      ...head(name, subject),
      to(subject.enterprise),
      text(
        `${hazard.foundByUnit || subject.issuerName}于${dateText(hazard.foundOn)}到你单位督促指导安全生产工作，发现下列隐患（隐患编号 ${hazard.number}），请按要求整改：`,
      ),
      problems(hazard, subject.dueOn ?? hazard.dueOn),
      gap(0.5),
      text(
        `请你单位立即组织整改，整改期间落实安全防范措施，并于${dateText(subject.dueOn ?? hazard.dueOn)}前将整改情况连同整改后照片报送${subject.issuerName}。对本通知有不同意见的，可以在收到之日起向签发单位陈述、申辩；确需延期的，应在到期前书面申请。`,
      ),
      closing(`${subject.issuerName}（盖章）`, dateText(subject.issuedOn)),
      signing({ label: '检查人员（签字）：' }, { label: '联系人及电话：' }),
      received(...RECEIVER),
      twoCopies('通知书'),
    ],
  }
}

/** 整改复查意见书 (domain.md §7.5): never without the notice or order that it reviews. */
export function review(subject: Subject): Wording {
  const hazard = hazardOf(subject)
  const name = '整改复查意见书'
  return {
    title: name,
    blocks: [
      ...head(name, subject),
      to(subject.enterprise),
      text(`本单位于${dateText(subject.before?.issuedOn)}以${subject.before?.number ?? ''}作出了整改要求。经对整改情况进行复查，提出如下意见：`),
      table(
        [
          { title: '序号', width: 1, align: 'centre' },
          { title: '隐患', width: 5 },
          { title: '整改情况', width: 4 },
          { title: '复查结果', width: 2, align: 'centre' },
        ],
        [['1', `${hazard.place}：${hazard.description}`, hazard.result || '—', hazard.passed ? '已完成整改' : '未完成整改']],
      ),
      gap(0.5),
      text(`复查意见：${hazard.opinion || (hazard.passed ? '合格，予以销号。' : '不合格，退回继续整改。')}`),
      closing(`${subject.issuerName}（盖章）`, dateText(subject.issuedOn)),
      signing({ label: '被复查单位（签字）：' }, { label: '复查人员（签字）：' }, { label: '复查人员（签字）：' }),
      twoCopies('意见书'),
    ],
  }
}

/** 挂牌督办通知书. */
export function listing(subject: Subject): Wording {
  const hazard = hazardOf(subject)
  const name = '重大事故隐患挂牌督办通知书'
  return {
    title: name,
    blocks: [
      ...head(name, subject),
      to(subject.enterprise),
      text(`你单位存在下列重大事故隐患，决定予以挂牌督办（督办编号 ${hazard.listingNumber}）：`),
      fields([
        ['隐患编号', hazard.number],
        ['隐患部位', hazard.place],
        ['隐患内容', hazard.description],
        ['判定依据', hazard.basis || '—'],
        ['整改期限', dateText(subject.dueOn ?? hazard.dueOn).trim()],
      ]),
      gap(0.5),
      text('请你单位落实整改责任、措施、资金、时限和应急预案，整改期间采取可靠的安全防范措施；整改完成后书面申请复查，经复查合格后摘牌。'),
      closing(`${subject.issuerName}（盖章）`, dateText(subject.issuedOn)),
      received(...RECEIVER),
      twoCopies('通知书'),
    ],
  }
}

/** 摘牌通知书. */
export function delisting(subject: Subject): Wording {
  const hazard = hazardOf(subject)
  const name = '重大事故隐患摘牌通知书'
  return {
    title: name,
    blocks: [
      ...head(name, subject),
      to(subject.enterprise),
      text(
        `你单位“${hazard.place}”处的重大事故隐患（隐患编号 ${hazard.number}，督办编号 ${hazard.listingNumber}）已按要求完成整改，经复查合格，现予以摘牌。请你单位巩固整改成果，防止隐患反弹。`,
      ),
      closing(`${subject.issuerName}（盖章）`, dateText(subject.issuedOn)),
      received(...RECEIVER),
      twoCopies('通知书'),
    ],
  }
}

/** 移送书: to whoever has the competence [安全生产法 art.69]. */
export function transfer(subject: Subject): Wording {
  const hazard = hazardOf(subject)
  const name = '安全生产事项移送书'
  return {
    title: name,
    blocks: [
      ...head(name, subject),
      to(hazard.transferredTo),
      text(`${subject.issuerName}在工作中发现${subject.enterprise}存在下列隐患，依照职责分工，应由你单位处理，现予移送：`),
      fields([
        ['隐患编号', hazard.number],
        ['隐患部位', hazard.place],
        ['隐患内容', hazard.description],
        ['隐患等级', `${grade(hazard)}隐患`],
        ['发现日期', dateText(hazard.foundOn)],
      ]),
      gap(0.5),
      text('请将处理结果及时反馈我单位。'),
      closing(`${subject.issuerName}（盖章）`, dateText(subject.issuedOn)),
      received('接收单位（盖章）：', '接收人（签字）：'),
      twoCopies('移送书', '接收单位'),
    ],
  }
}

/** 延期答复书: what was asked and what was decided. */
export function extensionReply(subject: Subject): Wording {
  const hazard = hazardOf(subject)
  const name = '整改延期答复书'
  const { reason, from, to: until, approved, opinion } = subject.extension!
  return {
    title: name,
    blocks: [
      ...head(name, subject),
      to(subject.enterprise),
      text(`你单位就“${hazard.place}”处的隐患（隐患编号 ${hazard.number}）申请把整改期限由${dateText(from)}延至${dateText(until)}，理由：${reason}。`),
      text(approved ? `经研究，同意延期至${dateText(until)}。` : `经研究，不同意延期，请仍按${dateText(from)}的期限完成整改。`),
      ...(opinion ? [text(`审批意见：${opinion}`)] : []),
      text('延期期间，请落实安全防范措施，确保安全。'),
      closing(`${subject.issuerName}（盖章）`, dateText(subject.issuedOn)),
      received(...RECEIVER),
      twoCopies('答复书'),
    ],
  }
}
