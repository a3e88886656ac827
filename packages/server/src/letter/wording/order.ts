import { closing, dateText, gap, signing, text } from '../../paper/paper.js'
import { head } from './campaign.js'
import { hazardOf, problems, received, twoCopies } from './hazard.js'
import type { Subject, Wording } from './subject.js'

/** 责令限期整改指令书 (domain.md §7.4): the statutory order, of an authorised body only; two officers, and where to turn against it. */
export function order(subject: Subject): Wording {
  const hazard = hazardOf(subject)
  const name = '责令限期整改指令书'
  const { government, court } = subject.remedy!
  const due = dateText(subject.dueOn ?? hazard.dueOn)
  return {
    title: name,
    blocks: [
      ...head(name, subject),
      text(`${subject.enterprise}：`, { indent: false }),
      text('经查，你单位存在下列问题：'),
      problems(hazard, subject.dueOn ?? hazard.dueOn),
      gap(0.5),
      text(
        `现责令你单位对上述第1项问题于${due}前整改完毕，达到有关法律法规规章和标准规定的要求，并在期限届满前将整改情况书面报告本机关。逾期不整改或者整改不合格的，将依法处理。`,
      ),
      text(`如果不服本指令，可以依法在60日内向${government}申请行政复议，或者在6个月内依法向${court}提起行政诉讼，但本指令不停止执行，法律另有规定的除外。`),
      text('执法人员：', { indent: false }),
      ...subject.officers!.map(({ name: officer, certificate }) => text(`${officer}（证号：${certificate}）`)),
      signing({ label: '执法人员（签名）：' }, { label: '执法人员（签名）：' }),
      closing(`${subject.issuerName}（印章）`, dateText(subject.issuedOn)),
      received('被责令单位负责人（签名）：'),
      twoCopies('指令书', '被责令单位'),
    ],
  }
}
