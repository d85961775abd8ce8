"""Traditional characters of assessment notices as their simplified forms, for comparing with words: one for one, so that places stay.

What is shown and stored keeps the characters of the paper.
"""

from __future__ import annotations

import re

_TRADITIONAL = (
    '項評審標準內細則條號編碼備註說單責績檢驗課權總計數據級獎懲員會議學國際業務處門關機構辦規範圍種類別實測點屬於與為應該當個時間長開發現無來後進過達優歲統資產質'
    '環護衛車輛鎮鄉縣區廳團體組織負領導協調黨紀錄報復決確認證書簽約執罰價購買賣費財經濟貸額錢減補貼滿線網絡電話訊檔問題對錯誤試師歷訓練習參賽勝從併兩雙萬億餘術語'
    '詞彙圖畫樣態層鑑階畢獲勳榮譽舉論壇選擇觀覽視聽講義勞動傷殘廢棄藥醫療診斷養場廠礦塊陸運輸載裝設維繕複雜難簡純潔淨氣熱燈煙塵壓縮輕緩遲歸還債異狀況儀儲續專記憶'
    '紙給綜綠緊緒緣縱繼罷聯職聲肅脫腳臨臺興舊莊華著葉衝裡製親訂託許訴詢詳誌請諸諾謀譯讀變讓豐貨販貫賓賞賢賬賴贈趕跡躍軌軍軟較輔輪辭農連週違遠適遺鄰釋針鈔銀銷鋼錶'
    '鍵鎖鏡鐘鐵閉閱闆陣陰陳陽隊隨險雖離靈靜順須預頒頓頭頻顆願顧顯風飛飯飲館駐鬥魚鳥麗麥齊齒龍'
    '戶張冊筆隻頁節傳幹遊樂營結幣帶幫庫強懷慣掃揚擾搶擔擬掛揮損換拋攝敵曉殺極樹橋樓歡毀匯漢溝沒瀏塗漲潤滯滅災爐煉燒愛牽獨獄獵瑪暢瘡蓋盤監鹽盜礙積稱穩窮竊競'
    '糧紅綱納紛終紹絕繳聰脹膠髒腦臉艦藝蘇薦蕭慮虛蟲蟻見覓覺觸討訪識詐詩誠誰談諧謝謹貝貢敗貪貯貴貿賀賦賠贊贏趨踐蹤轉輩輝轄邊遷這遞邏郵醬釀鑒釘釣鑰鈴鉛鋪鏈鍋'
    '鋒錦閑聞隱霧頂顏飾飽駕騎騙鮮雞鳴黃龜凍湊鳳憑擊劃劉創刪剎劑劇勢勸勵捲厭嘆嚇啟響啞喚園圓壞堅壩壟壘牆殼夠夾奪奮婦媽娛孫寧寶憲寬尋壽將爾嘗屆島嶺帳慶廟徹徑'
)
_SIMPLIFIED = (
    '项评审标准内细则条号编码备注说单责绩检验课权总计数据级奖惩员会议学国际业务处门关机构办规范围种类别实测点属于与为应该当个时间长开发现无来后进过达优岁统资产质'
    '环护卫车辆镇乡县区厅团体组织负领导协调党纪录报复决确认证书签约执罚价购买卖费财经济贷额钱减补贴满线网络电话讯档问题对错误试师历训练习参赛胜从并两双万亿余术语'
    '词汇图画样态层鉴阶毕获勋荣誉举论坛选择观览视听讲义劳动伤残废弃药医疗诊断养场厂矿块陆运输载装设维缮复杂难简纯洁净气热灯烟尘压缩轻缓迟归还债异状况仪储续专记忆'
    '纸给综绿紧绪缘纵继罢联职声肃脱脚临台兴旧庄华着叶冲里制亲订托许诉询详志请诸诺谋译读变让丰货贩贯宾赏贤账赖赠赶迹跃轨军软较辅轮辞农连周违远适遗邻释针钞银销钢表'
    '键锁镜钟铁闭阅板阵阴陈阳队随险虽离灵静顺须预颁顿头频颗愿顾显风飞饭饮馆驻斗鱼鸟丽麦齐齿龙'
    '户张册笔只页节传干游乐营结币带帮库强怀惯扫扬扰抢担拟挂挥损换抛摄敌晓杀极树桥楼欢毁汇汉沟没浏涂涨润滞灭灾炉炼烧爱牵独狱猎玛畅疮盖盘监盐盗碍积称稳穷窃竞'
    '粮红纲纳纷终绍绝缴聪胀胶脏脑脸舰艺苏荐萧虑虚虫蚁见觅觉触讨访识诈诗诚谁谈谐谢谨贝贡败贪贮贵贸贺赋赔赞赢趋践踪转辈辉辖边迁这递逻邮酱酿鉴钉钓钥铃铅铺链锅'
    '锋锦闲闻隐雾顶颜饰饱驾骑骗鲜鸡鸣黄龟冻凑凤凭击划刘创删刹剂剧势劝励卷厌叹吓启响哑唤园圆坏坚坝垄垒墙壳够夹夺奋妇妈娱孙宁宝宪宽寻寿将尔尝届岛岭帐庆庙彻径'
)
_ONLY = re.compile(f'[{"".join(character for character in _TRADITIONAL if not character.encode("gb2312", "ignore"))}]')
"""Characters that no text in simplified characters has (著 and 後 stand in names there)."""
_ANY = re.compile(f'[{_TRADITIONAL}]')
_TABLE = str.maketrans(_TRADITIONAL, _SIMPLIFIED)


def simplified(text: str) -> str:
    """The text with its traditional characters in their simplified forms; as long as it was."""
    return text.translate(_TABLE) if _ANY.search(text) else text


def is_traditional(text: str) -> bool:
    """Whether a text is written in traditional characters."""
    return _ONLY.search(text) is not None
