import { fileResolver } from '../attachment/fileResolver.js'
import type { ListField } from '../shared/read/listField.js'
import { searchSql } from '../shared/read/search.js'
import { signedIn } from '../shared/signedIn.js'
import { PublicReport } from './publicReport.entity.js'
import { OFFICES } from './rights.js'

export const PUBLIC_REPORTS: ListField<{ search?: string }> = {
  name: 'publicReports',
  target: PublicReport,
  description: '群众举报：筛选、排序、翻页、统计；没有举报人的任何信息，企业看不到',
  who: (context) => signedIn(context, ...OFFICES),
  fallback: [
    { field: 'receivedOn', dir: 'DESC' },
    { field: 'number', dir: 'DESC' },
  ],
  args: { search: ['String', '编号、地点、情况、单位名称'] },
  also: ({ reader }, { search }) => searchSql(search, ['number', 'place', 'content', 'about'], reader.engine),
}

export const PublicReportFiles = fileResolver(PublicReport)
